using System.Buffers;
using System.Text;
using Kopeck.Api;
using Kopeck.Api.Inputs;
using Kopeck.Ledger.Fields;
using Microsoft.Extensions.Primitives;

namespace Kopeck.Server.Http;

/// <summary>Reads the query and the path into a request record; unknown, repeated and bad parameters are named.</summary>
static class QueryText
{
    const int MostShown = 100;
    const int OnStack = 256;

    /// <summary>Reads the places of the path, of which a wrong one is nobody's.</summary>
    public static void ReadPlaces(IReadOnlyList<string> values, Call call, CallRequest request)
    {
        for (var place = 0; place < values.Count; place++)
            Read(call.Places[place], request, values[place]);
    }

    /// <summary>Reads the query.</summary>
    /// <param name="override">A parameter that another part of the request gave.</param>
    public static void Read(
        IQueryCollection query, (string Name, StringValues Given)? @override, Call call, CallRequest request, Problems problems)
    {
        ulong seen = 0;
        foreach (var (name, given) in query)
        {
            if (name != @override?.Name)
                seen |= Read(name, given, call, request, problems);
        }

        if (@override is { } other)
            seen |= Read(other.Name, other.Given, call, request, problems);
        for (var index = 0; index < call.Parameters.Count; index++)
        {
            var parameter = call.Parameters[index];
            if (parameter.IsRequired && (seen & (1UL << index)) == 0)
                problems.Add(parameter.Name, new FieldError("required", parameter.Description));
        }
    }

    static ulong Read(string name, StringValues given, Call call, CallRequest request, Problems problems)
    {
        for (var index = 0; index < call.Parameters.Count; index++)
        {
            if (call.Parameters[index].Name != name)
                continue;
            var error = given.Count != 1 ? new FieldError("repeated", "Give the parameter once") : Read(
                call.Parameters[index], request, given[0] ?? "");
            if (error is not null)
                problems.Add(name, error);
            return 1UL << index;
        }

        var known = call.Parameters.Count == 0
            ? "The call takes no parameters"
            : $"There is no such parameter: known are {string.Join(", ", call.Parameters.Select(input => input.Name))}";
        problems.Add(name.Length > MostShown ? name[..MostShown] : name, new FieldError("unknown_parameter", known));
        return 0;
    }

    static FieldError? Read(Input input, CallRequest request, string text)
    {
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = size > OnStack ? ArrayPool<byte>.Shared.Rent(size) : null;
        try
        {
            Span<byte> utf8 = rented ?? stackalloc byte[OnStack];
            return input.Read(request, WireValue.OfText(utf8[..Encoding.UTF8.GetBytes(text, utf8)]));
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
