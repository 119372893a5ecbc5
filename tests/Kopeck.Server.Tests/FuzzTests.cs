using System.Globalization;
using System.Text;

namespace Kopeck.Server.Tests;

/// <summary>Whatever bytes come, the answer is a success or a refusal with a code, never a fault.</summary>
public sealed class FuzzTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    static readonly string[] Bits =
    [
        "null", "\"\"", "{}", "[]", "-0", "1e400", "\"\\ud800\"", "\"\\u0000\"", "9223372036854775808", "\"1\"", "true", "{\"a\":[]}",
        "\"=1+1\"", "0.10", "\"EUR\"", "\"\uD83D\uDE00\""
    ];

    [Fact]
    public async Task Mutated_bodies_never_cause_an_internal_error()
    {
        var given = Environment.GetEnvironmentVariable("KOPECK_TEST_SEED");
        var seed = given is null ? Random.Shared.Next() : int.Parse(given, CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine($"KOPECK_TEST_SEED={seed}");
        var random = new Random(seed);
        var calls = ApiCall.All.Where(call => call.IsMutation && call.Scope != "operator" && call.Path != "/v1/keys/{name}").ToList();
        for (var round = 0; round < 1500; round++)
        {
            var call = calls[random.Next(calls.Count)];
            var body = Mutate(server.Main.Fill(call.ValidBody ?? "{}"), random);
            var reply = await server.SendAsync(call.Method, call.Fill(server.Main), null, server.Main.Key, change: request =>
            {
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            });
            Assert.True(
                reply.Status is >= 200 and < 500, $"KOPECK_TEST_SEED={seed}: {call} {Encoding.Latin1.GetString(body)} -> {reply.Text}");
        }
    }

    static byte[] Mutate(string body, Random random)
    {
        var colons = Enumerable.Range(0, body.Length).Where(index => body[index] == ':').ToList();
        if (colons.Count > 0 && random.Next(3) > 0)
        {
            // Another value in a member's place.
            var start = colons[random.Next(colons.Count)] + 1;
            var end = body.IndexOfAny([',', '}'], start);
            body = body[..start] + Bits[random.Next(Bits.Length)] + body[end..];
        }

        var bytes = Encoding.UTF8.GetBytes(body);
        for (var flips = random.Next(3); flips > 0; flips--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return random.Next(10) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
