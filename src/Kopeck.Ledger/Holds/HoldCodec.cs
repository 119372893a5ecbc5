using Kopeck.Ledger.Journal.Codec;

namespace Kopeck.Ledger.Holds;

/// <summary>The member <c>hold</c> of the bodies of all operations on a hold, in its canonical form.</summary>
static class HoldCodec
{
    public static CanonicalJson Hold(this CanonicalJson json, HoldChange change)
    {
        var after = change.After;
        return json.StartObject("hold"u8)
            .Number("id"u8, change.Hold)
            .Number("account"u8, change.Account)
            .Currency(change.Currency)
            .Number("changeMinor"u8, change.Change)
            .Number("heldMinor"u8, change.Held)
            .Text("status"u8, after.Status.Name())
            .Number("authorisedMinor"u8, after.Authorised)
            .OptionalNumber("maxMinor"u8, after.MaxAmount)
            .Number("capturedMinor"u8, after.Captured)
            .Number("releasedMinor"u8, after.Released)
            .Number("expiredMinor"u8, after.Expired)
            .Number("remainingMinor"u8, after.Remaining)
            .OptionalText("expiresAt"u8, after.ExpiresAt?.ToString())
            .EndObject();
    }

    public static HoldChange HoldChange(this Stored body)
    {
        var hold = body.Object("hold");
        if (!HoldStatuses.TryParse(hold.Text("status"), out var status))
            throw new FormatException($"{hold.Text("status")} is no status of a hold");
        return new HoldChange(
            hold.Number("id"), hold.Number("account"), hold.Currency(), hold.Number("changeMinor"), hold.Number("heldMinor"),
            new HoldState(
                status, hold.Number("authorisedMinor"), hold.OptionalNumber("maxMinor"), hold.Number("capturedMinor"),
                hold.Number("releasedMinor"),
                hold.Number("expiredMinor"), hold.Number("remainingMinor"), ReadEnd(hold)));
    }

    static Instant? ReadEnd(Stored hold) => hold.OptionalText("expiresAt") is not { } text
        ? null
        : Instant.TryParse(text, out var instant) ? instant : throw new FormatException("expiresAt is no instant");
}
