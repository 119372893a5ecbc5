using System.Text;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Ledger.Tests.Kinds;

/// <summary>
/// The golden files are never edited: what one program wrote, every later one reads, hashes and tells from other requests alike (laws 6 and
/// 11). A new kind and a new command add their lines.
/// </summary>
public sealed class GoldenTests
{
    const string BodiesFile = "bodies.tsv";
    const string FingerprintsFile = "fingerprints.tsv";

    static readonly Digest Salt = Digest.Of("salt"u8);

    [Fact]
    public void Every_kind_writes_the_body_that_it_always_wrote() =>
        GoldenFile.AssertHolds(BodiesFile, Samples.Bodies.Select(pair => (pair.Key, Encoding.UTF8.GetString(BodyCodec.Write(pair.Value)))));

    [Fact]
    public void Every_body_that_was_ever_written_is_read_and_written_again_to_the_byte()
    {
        foreach (var (name, text) in GoldenFile.Read(BodiesFile))
        {
            Assert.True(KindList.TryParse(name.Split('/')[0], out var kind), $"There is no kind {name} any more");
            Assert.Equal(text, Encoding.UTF8.GetString(BodyCodec.Write(BodyCodec.Read(kind, Encoding.UTF8.GetBytes(text)))));
        }
    }

    [Fact]
    public void Every_kind_has_a_golden_body()
    {
        foreach (var kind in KindList.All)
            Assert.True(
                Samples.Bodies.TryGetValue(kind.Name, out var body) && body.Kind == kind.Number,
                $"Give {kind.Name} a sample in Samples.Bodies");
        Assert.Equal(Enum.GetValues<OperationKind>(), KindList.All.Select(kind => kind.Number));
    }

    [Fact]
    public void Every_command_has_the_fingerprint_that_it_always_had()
    {
        var state = Samples.State();
        GoldenFile.AssertHolds(
            FingerprintsFile,
            Samples.Commands.Select(pair => (pair.Key, Fingerprint.Of(pair.Value, state, pair.Value.IsPersonal ? Salt : null).ToString())));
    }

    [Fact]
    public void Every_command_has_a_golden_fingerprint()
    {
        var sampled = Samples.Commands.Values.Select(command => command.GetType()).ToHashSet();
        var commands = typeof(Command).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Command)) && !type.IsAbstract);
        Assert.All(commands, type => Assert.True(sampled.Contains(type), $"Give {type.Name} a sample in Samples.Commands"));
    }
}
