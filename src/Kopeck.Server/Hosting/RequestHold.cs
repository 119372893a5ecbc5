using Kopeck.Api;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;

namespace Kopeck.Server.Hosting;

/// <summary>What one request has of its key's share; given back when it ends.</summary>
sealed class RequestHold(KeyShares shares, Digest key) : IDisposable
{
    long bytes;
    bool isCall;
    bool isStream;
    bool isLongList;

    /// <summary>How long one who does not read is waited for.</summary>
    public TimeSpan Patience => shares.Patience;

    /// <summary>Takes a place among the key's calls.</summary>
    public Rejection? Enter()
    {
        var refusal = shares.EnterCall(key);
        isCall = refusal is null;
        return refusal;
    }

    /// <summary>Takes a place among the key's streams.</summary>
    public Rejection? OpenStream()
    {
        var refusal = shares.OpenStream(key);
        isStream = refusal is null;
        return refusal;
    }

    /// <summary>Makes a file in turn with others.</summary>
    public Task MakeAsync(Func<Task> make) => shares.LongAnswersOf(key).MakeAsync(make);

    /// <summary>Before a list is read: long ones wait for their turn, which ends with <see cref="LeaveList"/>.</summary>
    public ValueTask<Rejection?> EnterListAsync(CallRequest request, CancellationToken cancellationToken) =>
        isLongList || request is not IListRequest { Limit: > LongAnswers.ShortList } ? default : EnterLongListAsync(cancellationToken);

    /// <summary>What was read is ready to be sent, or there is none.</summary>
    public void LeaveList()
    {
        if (isLongList)
            shares.LongAnswersOf(key).LeaveList();
        isLongList = false;
    }

    /// <summary>So many bytes of the request have come and wait for the rest.</summary>
    public Rejection? GrowTo(long size)
    {
        if (size <= KeyShares.SmallBytes || size <= bytes)
            return null;
        var refusal = shares.Hold(key, size - bytes);
        if (refusal is null)
            bytes = size;
        return refusal;
    }

    /// <summary>An answer of so many bytes waits to be read; refused where it may be asked for again.</summary>
    public Rejection? Add(long size, bool mayRefuse)
    {
        if (size <= KeyShares.SmallBytes)
            return null;
        if (mayRefuse && shares.Hold(key, size) is { } refusal)
            return refusal;
        if (!mayRefuse)
            shares.Note(key, size);
        bytes += size;
        return null;
    }

    public void Dispose()
    {
        LeaveList();
        if (bytes > 0)
            shares.Free(key, bytes);
        if (isCall)
            shares.LeaveCall(key);
        if (isStream)
            shares.CloseStream(key);
        (bytes, isCall, isStream) = (0, false, false);
    }

    async ValueTask<Rejection?> EnterLongListAsync(CancellationToken cancellationToken)
    {
        var refusal = await shares.LongAnswersOf(key).EnterListAsync(cancellationToken);
        isLongList = refusal is null;
        return refusal;
    }
}
