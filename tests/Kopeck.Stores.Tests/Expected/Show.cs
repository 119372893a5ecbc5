using System.Text;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Stores.Tests.Expected;

/// <summary>Operations as text, to the last byte, so that a difference can be read.</summary>
static class Show
{
    public static string Of(Operation? operation) => operation is null ? "none" : string.Join('|', [
        $"{operation.Book} {operation.Number} {operation.Group} {operation.Kind} {operation.At} {operation.Actor} {operation.Key} {operation.Batch}",
        operation.Fingerprint.ToString(), Encoding.UTF8.GetString(BodyCodec.Write(operation.Body)), string.Join(',', operation.Entries),
        operation.Hash.ToString(),
        Convert.ToHexString(operation.Canonical!.Body), Convert.ToHexString(operation.Canonical.Entries), Of(operation.Personal)]);

    public static IEnumerable<string> Of(IEnumerable<Operation> operations) => operations.Select(Of);

    static string Of(PersonalValues? personal) => personal is null ? "no personal values" :
        $"{personal.Customer} {personal.Salt} {string.Join('/', Enumerable.Range(0, CustomerDetails.Columns.Count).Select(column => personal.Details[column] ?? "-"))}";
}
