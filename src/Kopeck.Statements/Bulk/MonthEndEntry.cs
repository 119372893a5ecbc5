using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Bulk;

/// <summary>A customer in the index: the file with its digest, or why there is none.</summary>
/// <param name="File">Empty where there is none.</param>
/// <param name="Digest">SHA-256, in hexadecimal digits.</param>
/// <param name="Problem">Empty where there is a file.</param>
readonly record struct MonthEndEntry(long Customer, string File, long Bytes, string Digest, string Problem)
{
    public const string Heading = "customer,file,bytes,sha256,problem";

    public override string ToString() => $"{PlainText.Of(Customer)},{File},{PlainText.Of(Bytes)},{Digest},{Problem}";

    public static bool TryParse(string line, out MonthEndEntry entry)
    {
        entry = default;
        if (line.Split(',') is not [var customer, var file, var bytes, var digest, var problem]
            || !long.TryParse(customer, out var id)
            || !long.TryParse(bytes, out var length))
            return false;
        entry = new MonthEndEntry(id, file, length, digest, problem);
        return true;
    }
}
