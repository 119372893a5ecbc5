using System.Collections.Frozen;
using System.Text;
using Kopeck.Api.Inputs;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Calls;

/// <summary>A kind of item of batches: a call that writes, with its kind and a key of its own among its members.</summary>
public sealed class ItemKind
{
    static readonly InputsOf<ItemRequest> Take = new();

    static readonly Input KeyInput = Take.Text<IdempotencyKey>(
        "key",
        "The item's own idempotency key; made of the batch's key and the item's place if left out",
        r => r.Key,
        (r, key) => r.Key = key.Value.Value);

    ItemKind(Call call, IReadOnlyList<string> words)
    {
        Call = call;
        Word = call.ItemWord!;
        Utf8Word = Encoding.UTF8.GetBytes(Word);
        Body = [.. call.ItemPlaces, .. call.Members];
        Members = [new KindInput(words), KeyInput, .. Body];
    }

    /// <summary>The kinds' words.</summary>
    public static IReadOnlyList<string> Words { get; } =
        [.. CallTable.All.Where(call => call.IsItem).Select(call => call.ItemWord!)];

    /// <summary>All kinds, in the order of the calls.</summary>
    public static IReadOnlyList<ItemKind> All { get; } =
        [.. CallTable.All.Where(call => call.IsItem).Select(call => new ItemKind(call, Words))];

    static readonly FrozenDictionary<Call, ItemKind> ByCall = All.ToFrozenDictionary(kind => kind.Call);

    /// <summary>The call that it is.</summary>
    public Call Call { get; }

    /// <summary>The word of <c>kind</c>.</summary>
    public string Word { get; }

    byte[] Utf8Word { get; }

    /// <summary>The members of the call's own, with what the path says of it.</summary>
    public IReadOnlyList<Input> Body { get; }

    /// <summary>The members of an item.</summary>
    public IReadOnlyList<Input> Members { get; }

    /// <summary>The refusal of an item that does not say what it is.</summary>
    public static Rejection Missing(string pointer, string code) =>
        Rejection.InvalidFields(new FieldProblem(pointer, code, $"{pointer.TrimStart('/')} is one of {string.Join(", ", Words)}"));

    /// <summary>The kind of a word; null where there is none.</summary>
    public static ItemKind? Find(ReadOnlySpan<byte> utf8)
    {
        foreach (var kind in All)
        {
            if (utf8.SequenceEqual(kind.Utf8Word))
                return kind;
        }

        return null;
    }

    /// <summary>The kind of a request.</summary>
    internal static ItemKind Of(ItemRequest request) => ByCall[request.Call];

    /// <summary>The kind itself: it was read before the rest.</summary>
    sealed class KindInput : Input
    {
        public KindInput(IReadOnlyList<string> words)
            : base("kind", InputKind.Choice, "What the item is") => (IsRequired, Words) = (true, words);

        public override FieldError? Read(object request, in WireValue value) => null;

        internal override void Check(object request, Problems problems, string place, string end)
        {
            // A request's type is its kind.
        }
    }
}
