using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Kopeck.Server.Grpc.Reading;
using Kopeck.Server.Tests;

namespace Kopeck.Grpc.Tests;

/// <summary>
/// Whatever bytes a method gets, it does what they say or tells what is wrong with them: nothing is a bug of the server's.
/// </summary>
public sealed class MutationTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    const int MessagesOfMethod = 60;
    const int MostDepth = 3;

    static readonly string[] Texts = ["", "a", "EUR", "DE", "2026-11-23", "1.00", "-1", "csv", "{}", """{"a":[1e9]}""", "\ud83c\udf4f", "\0", "read", "9223372036854775807", "%", "name"];

    [Fact]
    public async Task Mutated_messages_never_break_a_method()
    {
        var seed =
            Environment.GetEnvironmentVariable("KOPECK_TEST_SEED") is { } given
                ? int.Parse(given, CultureInfo.InvariantCulture)
                : Random.Shared.Next();
        var random = new Random(seed);
        using var client = new RawClient(server.GrpcAddress);
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        // The feed has no end.
        foreach (var method
            in GrpcMethod.All.Values.Where(method => method.Descriptor.Name != "Watch")
                .OrderBy(method => method.Path, StringComparer.Ordinal))
        {
            for (var turn = 0; turn < MessagesOfMethod; turn++)
            {
                var message = Mutate(Fill(method.Descriptor.InputType, random, 0).ToByteArray(), random);
                var ended = await client.SendAsync(method, message, method.Call.IsOperators ? server.OperatorKey : server.Main.Key);
                Assert.True(
                    ended.Code is not (null or "internal") && ended.Status is not (StatusCode.Internal or StatusCode.Unknown),
                    $"KOPECK_TEST_SEED={seed}: {method.Path} with {Convert.ToBase64String(message)}: {ended}");
                codes[ended.Code!] = codes.GetValueOrDefault(ended.Code!) + 1;
            }
        }

        // Enough of them get past the reading.
        Assert.All(
            ["", "malformed_request", "invalid_fields", "invalid_query", "not_found"],
            code => Assert.True(codes.ContainsKey(code), $"KOPECK_TEST_SEED={seed}: none ended with '{code}'"));
    }

    IMessage Fill(MessageDescriptor descriptor, Random random, int depth)
    {
        var message = descriptor.Parser.ParseFrom([]);
        foreach (var field in descriptor.Fields.InFieldNumberOrder().Where(field => !field.IsMap && random.Next(4) > 0))
        {
            if (field.FieldType == FieldType.Message && depth == MostDepth)
                continue;
            if (field.IsRepeated)
            {
                var list = (System.Collections.IList)field.Accessor.GetValue(message);
                for (var count = random.Next(3); count > 0; count--)
                    list.Add(Value(field, random, depth));
            }
            else
            {
                field.Accessor.SetValue(message, Value(field, random, depth));
            }
        }

        return message;
    }

    object Value(FieldDescriptor field, Random random, int depth) => field.FieldType switch
    {
        FieldType.String when field.Name is "id" or "wallet" or "from" or "to" or "account" or "customer" =>
            random.Next(1, 30).ToString(CultureInfo.InvariantCulture),
        FieldType.String when field.Name is "idempotency_key" or "key" => server.NextName("mutated"),
        FieldType.String => Texts[random.Next(Texts.Length)],
        FieldType.Bool => random.Next(2) == 0,
        FieldType.Int32 => random.Next(-1, 5),
        FieldType.Int64 => random.Next(5) == 0 ? long.MaxValue : random.NextInt64(-1, 30),
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, random.Next(8)),
        FieldType.Bytes => ByteString.CopyFromUtf8(Texts[random.Next(Texts.Length)]),
        FieldType.Message => Fill(field.MessageType, random, depth + 1),
        _ => throw new NotSupportedException($"{field.FullName} is a {field.FieldType}"),
    };

    static byte[] Mutate(byte[] message, Random random)
    {
        var bytes = message.ToList();
        for (var count = random.Next(4); count > 0; count--)
        {
            var place = random.Next(bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0 when place < bytes.Count:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when place < bytes.Count:
                    bytes.RemoveAt(place);
                    break;
                case 2:
                    bytes.Insert(place, (byte)random.Next(256));
                    break;
                default:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
            }
        }

        return [.. bytes];
    }
}
