namespace Kopeck.Server.Calls;

/// <summary>All calls of the API.</summary>
public static class CallTable
{
    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<Call> All { get; } =
    [
        .. CustomerCalls.All,
        .. AccountCalls.All,
        .. MoneyCalls.All,
        .. BatchCalls.All,
        .. OperationCalls.All,
        .. JournalCalls.All,
        .. StatementCalls.All,
        .. ReportCalls.All,
        .. QuoteCalls.All,
        .. ReferenceCalls.All,
        .. KeyCalls.All,
        .. BookCalls.All,
    ];

    // A path's own words win over places, and longer tables of calls stay fast: by the number of parts and the second of them.
    static readonly ILookup<(int, string), Call> ByStart = All.ToLookup(call => (call.Segments.Count, call.Segments[1]));

    /// <summary>The calls of a path, one a method, with the values of its places.</summary>
    public static IReadOnlyList<Call> Find(string path, out IReadOnlyList<string> values)
    {
        values = [];
        if (!path.StartsWith("/v1/", StringComparison.Ordinal))
            return [];
        var segments = path[1..].Split('/');
        List<Call> found = [];
        foreach (var call in ByStart[(segments.Length, segments[1])])
        {
            if (!Matches(call, segments))
                continue;
            if (found.Count > 0 && Places(call) != Places(found[0]))
            {
                if (Places(call) > Places(found[0]))
                    continue;
                found.Clear();
            }

            found.Add(call);
        }

        if (found.Count > 0)
            values = [.. found[0].Segments.Select((segment, index) => (segment, index)).Where(pair => pair.segment[0] == '{').Select(pair => segments[pair.index])];
        return found;
    }

    static bool Matches(Call call, string[] segments)
    {
        for (var index = 0; index < segments.Length; index++)
        {
            if (call.Segments[index][0] == '{' ? segments[index].Length == 0 : call.Segments[index] != segments[index])
                return false;
        }

        return true;
    }

    static int Places(Call call) => call.Segments.Count(segment => segment[0] == '{');
}
