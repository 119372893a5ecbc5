// What the generated clients of other languages do, too, over gRPC. How the package kopeckv1 is generated is in docs/clients.md.
//
//	go run . 127.0.0.1:5081 "$(cat admin.key)"
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	kopeckv1 "example.com/you/gen/kopeck/v1"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

var keys = 0

// A key of its own for everything that changes something: keep it, and send the same with it after a broken connection.
func key() string {
	keys++
	return fmt.Sprintf("go-%d", keys)
}

func of(text string) *string {
	return &text
}

func euros(amount string) *kopeckv1.Money {
	return &kopeckv1.Money{Amount: amount, Currency: "EUR"}
}

// The code of a refusal, such as insufficient_funds; empty where it is no refusal of the ledger's.
func code(err error) string {
	for _, detail := range status.Convert(err).Details() {
		if info, ok := detail.(*errdetails.ErrorInfo); ok {
			return info.Reason
		}
	}
	return ""
}

func check(err error) {
	if err != nil {
		log.Fatalf("%s: %v", code(err), err)
	}
}

func main() {
	// On this machine, without TLS.
	connection, err := grpc.Dial(os.Args[1], grpc.WithInsecure())
	check(err)
	defer connection.Close()
	ctx := metadata.AppendToOutgoingContext(context.Background(), "authorization", "Bearer "+os.Args[2])
	customers, accounts := kopeckv1.NewCustomerServiceClient(connection), kopeckv1.NewAccountServiceClient(connection)
	operations, holds := kopeckv1.NewOperationServiceClient(connection), kopeckv1.NewHoldServiceClient(connection)

	register := func(name, country, city string) (string, string) {
		made, err := customers.RegisterCustomer(ctx, &kopeckv1.RegisterCustomerRequest{
			Name: of(name), Country: of(country), City: of(city), Currency: of("EUR"), IdempotencyKey: key()})
		check(err)
		return made.Customer.Id, made.Wallets[0].Id
	}
	ada, from := register("Ada", "GB", "London")
	_, to := register("Bob", "DE", "Bonn")
	opened, err := accounts.OpenWallet(ctx, &kopeckv1.OpenWalletRequest{Id: ada, Currency: "JPY", IdempotencyKey: key()})
	check(err)
	yen := opened.Account.Id

	_, err = operations.Deposit(ctx, &kopeckv1.DepositRequest{Wallet: of(from), Amount: euros("1000.00"), IdempotencyKey: key()})
	check(err)
	wallet := func() *kopeckv1.Account {
		found, err := accounts.GetWallet(ctx, &kopeckv1.GetWalletRequest{Id: from})
		check(err)
		return found.Account
	}
	fmt.Printf("deposit: %s\n", wallet().Posted.Amount)

	held, err := holds.PlaceHold(ctx, &kopeckv1.PlaceHoldRequest{From: of(from), To: of(to), Amount: euros("100.00"), IdempotencyKey: key()})
	check(err)
	fmt.Printf("hold: %s\n", held.Operation.Hold.Remaining.Amount)
	captured, err := holds.CaptureHold(ctx, &kopeckv1.CaptureHoldRequest{
		Id: held.Operation.Id, Amount: euros("90.00"), Final: true, IdempotencyKey: key()})
	check(err)
	fmt.Printf("captured: %s, released: %s\n", captured.Operation.Hold.Captured.Amount, captured.Operation.Hold.Released.Amount)

	converted, err := operations.Transfer(ctx, &kopeckv1.TransferRequest{
		From: of(from), To: of(yen), Amount: &kopeckv1.Money{Amount: "25000", Currency: "JPY"}, IdempotencyKey: key()})
	check(err)
	for _, entry := range converted.Operation.Entries {
		if entry.GetAccount() == from {
			fmt.Printf("converted: %s %s\n", converted.Operation.Exchange.Rate, entry.Amount.Amount)
		}
	}

	batch, err := operations.SubmitBatch(ctx, &kopeckv1.SubmitBatchRequest{IdempotencyKey: key(), Operations: []*kopeckv1.Item{
		{Operation: &kopeckv1.Item_Deposit{Deposit: &kopeckv1.Deposit{Wallet: of(from), Amount: euros("10.00")}}},
		{Operation: &kopeckv1.Item_Transfer{Transfer: &kopeckv1.Transfer{From: of(from), To: of(to), Amount: euros("5.00")}}},
		{Operation: &kopeckv1.Item_Withdrawal{Withdrawal: &kopeckv1.Withdrawal{Wallet: of(to), Amount: euros("99999.00")}}},
	}})
	check(err)
	said := []string{}
	for _, outcome := range batch.Outcomes {
		if done := outcome.GetOperation(); done != nil {
			said = append(said, strings.ToLower(strings.TrimPrefix(done.Kind.String(), "OPERATION_KIND_")))
		} else {
			said = append(said, code(status.ErrorProto(outcome.GetError())))
		}
	}
	fmt.Printf("batch: %s\n", strings.Join(said, " "))

	limit := int32(2)
	pages, err := operations.ListOperations(ctx, &kopeckv1.ListOperationsRequest{Account: of(from), Limit: &limit})
	check(err)
	listed, ids := 0, map[string]bool{}
	for page, err := pages.Recv(); err != io.EOF; page, err = pages.Recv() {
		check(err)
		for _, operation := range page.Items {
			listed++
			ids[operation.Id] = true
		}
	}
	fmt.Printf("listed: %d, %d\n", listed, len(ids))

	_, err = operations.Transfer(ctx, &kopeckv1.TransferRequest{From: of(from), To: of(to), Amount: euros("99999.00"), IdempotencyKey: key()})
	fmt.Printf("refused: %s\n", code(err))
	fmt.Printf("wallet: %s, customer: %t\n", wallet().Available.Amount, wallet().GetCustomer() == ada)

	chunks, err := kopeckv1.NewStatementServiceClient(connection).GetWalletStatement(ctx, &kopeckv1.GetWalletStatementRequest{Id: yen})
	check(err)
	var file bytes.Buffer
	for piece, err := chunks.Recv(); err != io.EOF; piece, err = chunks.Recv() {
		check(err)
		file.Write(piece.Chunk.Data)
	}
	var statement struct {
		Accounts []struct {
			Closing string
			Lines   []json.RawMessage
		}
	}
	check(json.Unmarshal(file.Bytes(), &statement))
	fmt.Printf("statement: %s, lines: %d\n", statement.Accounts[0].Closing, len(statement.Accounts[0].Lines))
}
