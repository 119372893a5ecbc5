using System.Text;
using Kopeck.Cli.Settings;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Journal;

namespace Kopeck.Cli.Commands;

/// <summary>Files that hold a key each, which only their owner can read from the first byte on.</summary>
static class KeyFiles
{
    public const string Operator = "operator.key";
    public const string Administrator = "admin.key";

    const string DigestPrefix = "sha256:";

    // Of a key that is given: as hard to guess as 128 bits at least.
    const int FewestLetters = 32;

    /// <summary>
    /// Writes a key's file, durably. What another key left there is kept beside it: it may be the only copy of that key. Returns where, or
    /// null.
    /// </summary>
    public static string? Write(string file, string secret)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var temporary = $"{file}.{Environment.ProcessId}.part";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(secret + "\n"));
            stream.Flush(flushToDisk: true);
        }

        var kept = SetAside(file);
        File.Move(temporary, file);
        DurableFolder.Sync(file);
        return kept;
    }

    /// <summary>The first file of a folder that holds one of the keys that are valid; null if none does.</summary>
    public static string? Find(string folder, IReadOnlyList<string> names, IEnumerable<ApiKey> keys)
    {
        var digests = keys.Where(key => key.RevokedAt is null).Select(key => key.Digest).ToHashSet();
        return names.Select(name => Path.Combine(folder, name))
            .FirstOrDefault(file => ReadDigest(file) is { } digest && digests.Contains(digest));
    }

    /// <summary>The digest of a key that whoever runs the server has made: from a file with the key, or with its digest.</summary>
    public static Digest ReadGiven(string setting, string file)
    {
        string text;
        try
        {
            text = File.ReadAllText(file).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{setting}: the file {file} cannot be read: {exception.Message}");
        }

        if (text.StartsWith(DigestPrefix, StringComparison.Ordinal) && Digest.TryParse(text[DigestPrefix.Length..], out var digest))
            return digest;
        return ApiKeys.IsForm(text) && text.Length >= ApiKeys.Prefix.Length + FewestLetters
            ? Digest.Of(Encoding.ASCII.GetBytes(text))
            : throw new UsageException(
                $"{setting}: the file {file} holds neither a key ({ApiKeys.Prefix} and {FewestLetters} letters or more) nor {DigestPrefix} and 64 hexadecimal digits");
    }

    static Digest? ReadDigest(string file)
    {
        try
        {
            return Digest.Of(Encoding.ASCII.GetBytes(File.ReadAllText(file).Trim()));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static string? SetAside(string file)
    {
        for (var number = 1; File.Exists(file); number++)
        {
            var kept = $"{file}.{number}";
            if (File.Exists(kept))
                continue;
            File.Move(file, kept);
            return kept;
        }

        return null;
    }
}
