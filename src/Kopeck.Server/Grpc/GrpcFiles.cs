using System.Buffers;
using System.IO.Pipelines;
using Google.Protobuf;
using Grpc.Core;
using Kopeck.Api.Answers;
using Kopeck.Server.Grpc.Reading;
using Kopeck.Server.Hosting;
using Kopeck.Statements;
using Kopeck.V1;

namespace Kopeck.Server.Grpc;

/// <summary>Files in pieces, sent while they are written; a caller who reads slowly or goes away slows or stops the writing.</summary>
sealed class GrpcFiles(GrpcCalls calls)
{
    /// <summary>The most bytes of a piece.</summary>
    public const int ChunkBytes = 64 << 10;

    // As much waits for a slow reader as a page or two of lines have.
    static readonly PipeOptions Waiting = new(
        pauseWriterThreshold: 4 * ChunkBytes,
        resumeWriterThreshold: 2 * ChunkBytes,
        minimumSegmentSize: ChunkBytes,
        useSynchronizationContext: false);

    /// <summary>Does a call whose answer is a file.</summary>
    public Task SendAsync(
        GrpcMethod method,
        byte[] bytes,
        ServerCallContext context,
        IServerStreamWriter<IMessage> responses,
        Func<FileChunk, IMessage> toResponse) =>
        calls.ExplainAsync<bool>(method.Descriptor.InputType, context, async () =>
        {
            var file = ((FileAnswer)(await calls.DoAsync(method, bytes, context)).Result.Answer!).File;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
            var pipe = new Pipe(Waiting);
            var writing = WriteAsync(file, pipe.Writer, GrpcCalls.Hold(context), stop.Token);
            try
            {
                await ReadAsync(file, pipe.Reader, async chunk =>
                {
                    await GrpcCalls.RequireKeyAsync(method.Descriptor.InputType, context);
                    var response = toResponse(chunk);
                    responses.WriteOptions = GrpcCalls.OptionsFor(response);
                    await GrpcCalls.SendAsync(context, responses.WriteAsync(response, context.CancellationToken));
                }, context.CancellationToken);
            }
            finally
            {
                await stop.CancelAsync();
                await pipe.Reader.CompleteAsync();
                await writing;
            }

            return true;
        });

    /// <summary>Writes the file; what breaks it is thrown where it is read.</summary>
    static async Task WriteAsync(StatementFile file, PipeWriter output, RequestHold hold, CancellationToken cancellationToken)
    {
        Exception? broken = null;
        try
        {
            await hold.MakeAsync(() => file.WriteAsync(output, cancellationToken));
        }
        catch (Exception exception)
        {
            broken = exception;
        }

        await output.CompleteAsync(broken);
    }

    static async Task ReadAsync(StatementFile file, PipeReader reader, Func<FileChunk, Task> send, CancellationToken cancellationToken)
    {
        var isFirst = true;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var rest = result.Buffer;
            while (!rest.IsEmpty)
            {
                var part = rest.Slice(0, Math.Min(rest.Length, ChunkBytes));
                var chunk = new FileChunk { Data = ByteString.CopyFrom(part.ToArray()) };
                if (isFirst)
                    (chunk.ContentType, chunk.Filename) = (file.MediaType, file.Name);
                isFirst = false;
                await send(chunk);
                rest = rest.Slice(part.Length);
            }

            reader.AdvanceTo(rest.End);
            if (result.IsCompleted)
                return;
        }
    }
}
