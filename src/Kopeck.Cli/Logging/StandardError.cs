using System.Runtime.InteropServices;

namespace Kopeck.Cli.Logging;

/// <summary>
/// Standard error by the system's own call. The console's stream holds a lock while it writes that standard output needs as well: a log
/// that stands still would stop a server that says that it stops.
/// </summary>
sealed partial class StandardError : Stream
{
    const int Descriptor = 2;
    const int Interrupted = 4;
    const int WouldBlock = 11;
    const short Writable = 4;
    const int PatienceMs = 100;

    StandardError()
    {
    }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>It, where the system has such a call.</summary>
    public static Stream Open() => OperatingSystem.IsWindows() ? Console.OpenStandardError() : new StandardError();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint taken;
            fixed (byte* start = buffer)
                taken = WriteTo(Descriptor, start, (nuint)buffer.Length);
            if (taken >= 0)
                buffer = buffer[(int)taken..];
            else if (Marshal.GetLastPInvokeError() is var error && error == WouldBlock)
                WaitForRoom();
            else if (error != Interrupted)
                throw new IOException("Standard error cannot be written");
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is kept here.
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    static unsafe void WaitForRoom()
    {
        var asked = new Polled { Descriptor = Descriptor, Events = Writable };
        _ = Poll(&asked, 1, PatienceMs);
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial nint WriteTo(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Poll(Polled* asked, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    struct Polled
    {
        public int Descriptor;
        public short Events;
        public short Found;
    }
}
