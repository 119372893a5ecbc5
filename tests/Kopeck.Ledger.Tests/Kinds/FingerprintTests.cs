using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using static Kopeck.Ledger.Tests.Kinds.Samples;

namespace Kopeck.Ledger.Tests.Kinds;

public sealed class FingerprintTests
{
    static readonly Currency Euro = new("EUR", 2);
    static readonly Currency Yen = new("JPY", 0);

    [Theory]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"a":1}""")]
    [InlineData("""{"a":{"x":1,"y":[{"p":1,"q":2}]},"b":2}""", """{"b":2,"a":{"y":[{"q":2,"p":1}],"x":1}}""")]
    [InlineData("""{"n":1}""", """{"n":1.0}""")]
    [InlineData("""{"n":1}""", """{"n":10e-1}""")]
    [InlineData("""{"n":1500}""", """{"n":1.5E+3}""")]
    [InlineData("""{"n":0}""", """{"n":-0.00e7}""")]
    [InlineData("""{"n":0.05}""", """{"n":5e-2}""")]
    [InlineData("""{"n":123456789012345678901234567890.10}""", """{"n":123456789012345678901234567890.1}""")]
    [InlineData("""{"t":"\u00e9"}""", """{"t":"é"}""")]
    public void Metadata_of_the_same_meaning_are_the_same_request(string one, string other) =>
        Assert.Equal(OfMetadata(one), OfMetadata(other));

    [Theory]
    [InlineData("""{"a":1,"b":2}""", """{"a":2,"b":1}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"n":1}""", """{"n":"1"}""")]
    [InlineData("""{"n":1}""", """{"n":-1}""")]
    [InlineData("""{"n":1}""", """{"n":10}""")]
    [InlineData("""{"n":123456789012345678901234567890}""", """{"n":123456789012345678901234567891}""")]
    [InlineData("""{"n":null}""", """{"m":null}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{},"b":1}""")]
    public void Metadata_of_another_meaning_are_another_request(string one, string other) =>
        Assert.NotEqual(OfMetadata(one), OfMetadata(other));

    [Fact]
    public void Amounts_of_the_same_worth_are_the_same_request() =>
        Assert.Equal(Of(new Deposit(3, Amount("1"), null)), Of(new Deposit(3, Amount("1.00"), null)));

    [Fact]
    public void A_currency_that_counts_anyhow_is_the_same_request_named_or_not()
    {
        Assert.Equal(Of(new Deposit(3, Amount("1"), null)), Of(new Deposit(3, Amount("1"), Euro)));
        Assert.Equal(Of(new Withdraw(3, Amount("1"), null)), Of(new Withdraw(3, Amount("1"), Euro)));
        Assert.Equal(Of(new TransferMoney(3, 6, Amount("1"), null)), Of(new TransferMoney(3, 6, Amount("1"), Euro)));
    }

    [Fact]
    public void Another_currency_is_another_request()
    {
        Assert.NotEqual(Of(new Deposit(3, Amount("1"), null)), Of(new Deposit(3, Amount("1"), Yen)));
        Assert.NotEqual(Of(new TransferMoney(3, 6, Amount("1"), null)), Of(new TransferMoney(3, 6, Amount("1"), Yen)));
    }

    [Fact]
    public void A_member_that_a_call_gets_later_changes_no_old_fingerprint()
    {
        var old = new FingerprintWriter().Add("wallet", 3).Add("amount", "1");
        var later = new FingerprintWriter().Add("wallet", 3).Add("purpose", (string?)null).Add("amount", "1").Add("priority", (long?)null)
            .AddJson("tags", null);
        Assert.Equal(old.Written.ToArray(), later.Written.ToArray());
        Assert.NotEqual(
            old.Written.ToArray(), new FingerprintWriter().Add("wallet", 3).Add("amount", "1").Add("purpose", "gift").Written.ToArray());
    }

    [Fact]
    public void A_value_under_another_name_is_another_request() =>
        Assert.NotEqual(new FingerprintWriter().Add("a", "1").Written.ToArray(), new FingerprintWriter().Add("b", "1").Written.ToArray());

    [Fact]
    public void To_clear_a_value_is_another_request_than_to_leave_it_alone()
    {
        var cleared = new ChangeCustomer(2, null, [new DetailChange(0, "Eva"), new DetailChange(2, null)]);
        Assert.NotEqual(Of(cleared), Of(cleared with { Changes = [cleared.Changes[0]] }));
    }

    static Digest OfMetadata(string json) => Of(new Deposit(3, Amount("1"), null) { Metadata = Metadata.Restore(json) });

    static Digest Of(Command command) => Fingerprint.Of(command, Samples.State(), null);
}
