using Google.Protobuf;

namespace Kopeck.Server.Grpc.Messages;

/// <summary>How large the messages of streams are: gRPC clients take 4 MiB unless told otherwise, and an item may be large.</summary>
static class MessageSize
{
    /// <summary>The bytes that a message of a stream has at most, where it has more than one item.</summary>
    public const int Most = 1 << 20;

    // An item's tag and length.
    const int Around = 6;

    /// <summary>Items in their order, each part as many as a message holds and at least one.</summary>
    public static IEnumerable<List<T>> Cut<T>(IEnumerable<T> items, int mostItems)
        where T : IMessage
    {
        var part = new List<T>();
        var size = 0;
        foreach (var item in items)
        {
            var more = item.CalculateSize() + Around;
            if (part.Count > 0 && (part.Count == mostItems || size + more > Most))
            {
                yield return part;
                part = [];
                size = 0;
            }

            part.Add(item);
            size += more;
        }

        if (part.Count > 0)
            yield return part;
    }
}
