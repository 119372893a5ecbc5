using System.IO.Pipelines;

namespace Kopeck.Statements.Writing;

/// <summary>
/// A pipe as a stream for writers that know no other: writing only fills the pipe's buffer and never blocks; who uses it sends the buffer
/// on, a page at a time.
/// </summary>
public sealed class PipeStream(PipeWriter output) : Stream
{
    long written;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <summary>The bytes written so far.</summary>
    public override long Position
    {
        get => written;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        written += buffer.Length;
        while (buffer.Length > 0)
        {
            var span = output.GetSpan(1);
            var count = Math.Min(span.Length, buffer.Length);
            buffer[..count].CopyTo(span);
            output.Advance(count);
            buffer = buffer[count..];
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void WriteByte(byte value) => Write([value]);

    /// <summary>Does nothing: who uses the stream sends the pipe's buffer on.</summary>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
