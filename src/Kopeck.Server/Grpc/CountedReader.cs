using System.IO.Pipelines;
using Grpc.Core;
using Kopeck.Ledger.Errors;
using Kopeck.Server.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace Kopeck.Server.Grpc;

/// <summary>A body's reader which counts what has come and waits for the rest of its message, for the key that sends it.</summary>
sealed class CountedReader(PipeReader inner, RequestHold hold) : PipeReader, IRequestBodyPipeFeature
{
    PipeReader IRequestBodyPipeFeature.Reader => this;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await inner.ReadAsync(cancellationToken);
        Count(result);
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out result))
            return false;
        Count(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    void Count(ReadResult result)
    {
        if (hold.GrowTo(result.Buffer.Length) is not { } refusal)
            return;
        inner.AdvanceTo(result.Buffer.Start);
        throw Refuse(refusal);
    }

    static RpcException Refuse(Rejection refusal) => ErrorStatus.ToException(refusal, null);
}
