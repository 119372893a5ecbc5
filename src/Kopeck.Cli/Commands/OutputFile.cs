using System.IO.Pipelines;
using Kopeck.Cli.Settings;
using Kopeck.Statements;

namespace Kopeck.Cli.Commands;

/// <summary>Puts a statement where <c>--output</c> says: a file is there whole or not at all.</summary>
static class OutputFile
{
    /// <summary>The name of standard output.</summary>
    public const string Standard = "-";

    const int BufferBytes = 1 << 16;

    /// <summary>A new file that its owner alone can read: exports hold personal values.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = BufferBytes,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    public static async Task<int> WriteAsync(StatementFile file, DrawArguments arguments, Progress progress)
    {
        if (arguments.Output is not { } output || output == Standard)
        {
            if (!file.IsText && !Console.IsOutputRedirected)
                throw new UsageException(
                    $"{Path.GetExtension(file.Name).TrimStart('.')} is not for a terminal: say --output FILE, or redirect");
            await using var standard = Console.OpenStandardOutput();
            await WriteAsync(file, standard);
            progress.Dispose();
            return ExitCodes.Done;
        }

        var path = Path.GetFullPath(Directory.Exists(output) ? Path.Combine(output, file.Name) : output);
        if (File.Exists(path) && !arguments.Overwrite)
            throw new UsageException($"{path} is there already: say --force to overwrite it");
        var part = $"{path}.{Environment.ProcessId}.part";
        try
        {
            await using (var stream = Create(part))
                await WriteAsync(file, stream);
            File.Move(part, path, arguments.Overwrite);
        }
        finally
        {
            File.Delete(part);
        }

        progress.Dispose();
        Console.Error.WriteLine($"{path} is written");
        return ExitCodes.Done;
    }

    static async Task WriteAsync(StatementFile file, Stream stream)
    {
        var pipe = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: BufferBytes, leaveOpen: true));
        await file.WriteAsync(pipe, CancellationToken.None);
        await pipe.CompleteAsync();
        await stream.FlushAsync();
    }
}
