using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Kopeck.Testing;

/// <summary>
/// One connection through the proxy. The client's bytes go on a send at a time: everything up to a message that the server answers to.
/// </summary>
sealed class ProxiedConnection(CuttingProxy proxy, TcpClient client) : IDisposable
{
    const int RequestTls = (1234 << 16) | 5679;
    const int RequestGss = (1234 << 16) | 5680;

    static readonly byte[] Refusal = "N"u8.ToArray();

    readonly TcpClient server = new();
    readonly Dictionary<string, string> prepared = [];
    readonly TaskCompletionSource<string> discarded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly AnswerScanner answers = new();
    readonly StringBuilder discardedTypes = new();
    volatile bool isDiscarding;

    public async Task RunAsync(int target)
    {
        try
        {
            client.NoDelay = true;
            server.NoDelay = true;
            await server.ConnectAsync("127.0.0.1", target);
            await Task.WhenAny(PassSendsAsync(), PassAnswersAsync());
        }
        catch (SocketException)
        {
            // The server is down: the client sees a connection that closes.
        }
        finally
        {
            proxy.Forget(this);
            Dispose();
            discarded.TrySetResult("");
        }
    }

    /// <summary>Both sides are reset.</summary>
    public void Cut()
    {
        CutClient();
        server.Client?.Close(0);
    }

    public void Dispose()
    {
        Cut();
        client.Dispose();
        server.Dispose();
    }

    void CutClient() => client.Client?.Close(0);

    async Task PassSendsAsync()
    {
        try
        {
            var fromClient = client.GetStream();
            var toServer = server.GetStream();
            var isStarted = false;
            var send = new MemoryStream();
            var statements = new List<string>();
            while (await ReadMessageAsync(fromClient, hasType: isStarted) is { } message)
            {
                if (!isStarted)
                {
                    var request = BinaryPrimitives.ReadInt32BigEndian(message.AsSpan(4));
                    // No TLS, also where the server has it: what goes through is read.
                    if (request is RequestTls or RequestGss)
                    {
                        await fromClient.WriteAsync(Refusal);
                        continue;
                    }

                    // The start-up message is the first of version 3.
                    isStarted = request >> 16 == 3;
                    await toServer.WriteAsync(message);
                    continue;
                }

                send.Write(message);
                Note(message, statements);
                if ((char)message[0] is 'P' or 'B' or 'D' or 'E' or 'C' or 'd')
                    continue;
                if (proxy.Strike(statements) is { } fault)
                {
                    await StrikeAsync(fault, send.ToArray(), [.. statements], toServer);
                    if (fault.Kind != CutKind.Delay)
                        return;
                }
                else
                {
                    await toServer.WriteAsync(send.GetBuffer().AsMemory(0, (int)send.Length));
                }

                send.SetLength(0);
                statements.Clear();
            }
        }
        catch (Exception exception) when (exception
            is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    async Task StrikeAsync(CuttingProxy.Fault fault, byte[] send, IReadOnlyList<string> statements, NetworkStream toServer)
    {
        switch (fault.Kind)
        {
            case CutKind.BeforeSend:
                break;
            case CutKind.MidSend:
                await toServer.WriteAsync(send.AsMemory(0, send.Length / 2));
                break;
            case CutKind.AfterSend:
                await toServer.WriteAsync(send);
                break;
            case CutKind.BeforeAnswer:
            case CutKind.Silence:
                isDiscarding = true;
                await toServer.WriteAsync(send);
                await discarded.Task;
                break;
        }

        if (fault.Kind is CutKind.HoldBack or CutKind.Delay)
        {
            if (fault.Kind == CutKind.HoldBack)
            {
                isDiscarding = true;
                CutClient();
            }

            var delivered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            fault.Struck.SetResult(new StruckSend(statements) { Deliver = () => DeliverAsync(fault.Kind, send, toServer, delivered) });
            await delivered.Task;
        }
        else if (fault.Kind == CutKind.Silence)
        {
            // Until the client gives up.
            fault.Struck.SetResult(new StruckSend(statements));
            await client.GetStream().ReadExactlyAsync(new byte[1]);
        }
        else
        {
            Cut();
            fault.Struck.SetResult(new StruckSend(statements));
        }
    }

    async Task<string> DeliverAsync(CutKind kind, byte[] send, NetworkStream toServer, TaskCompletionSource delivered)
    {
        try
        {
            await toServer.WriteAsync(send);
            return kind == CutKind.Delay ? "" : await discarded.Task;
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            return "";
        }
        finally
        {
            delivered.TrySetResult();
        }
    }

    async Task PassAnswersAsync()
    {
        try
        {
            var fromServer = server.GetStream();
            var buffer = new byte[1 << 16];
            while (await fromServer.ReadAsync(buffer) is var count and > 0)
            {
                if (!isDiscarding)
                    await client.GetStream().WriteAsync(buffer.AsMemory(0, count));
                foreach (var type in answers.Scan(buffer.AsSpan(0, count)))
                {
                    if (!isDiscarding)
                        continue;
                    discardedTypes.Append(type);
                    if (type == 'Z')
                        discarded.TrySetResult(discardedTypes.ToString());
                }
            }
        }
        catch (Exception exception) when (exception
            is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    /// <summary>Remembers what was prepared, and notes what is carried out.</summary>
    void Note(byte[] message, List<string> statements)
    {
        var place = 5;
        string Text()
        {
            var end = Array.IndexOf(message, (byte)0, place);
            var text = Encoding.UTF8.GetString(message, place, end - place);
            place = end + 1;
            return text;
        }

        switch ((char)message[0])
        {
            case 'Q':
                statements.Add(Text());
                break;
            case 'P':
                var name = Text();
                prepared[name] = Text();
                break;
            case 'B':
                Text();
                statements.Add(prepared.GetValueOrDefault(Text(), ""));
                break;
        }
    }

    static async Task<byte[]?> ReadMessageAsync(Stream stream, bool hasType)
    {
        var head = new byte[hasType ? 5 : 4];
        if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false) < head.Length)
            return null;
        var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(head.Length - 4));
        var message = new byte[head.Length - 4 + length];
        head.CopyTo(message, 0);
        await stream.ReadExactlyAsync(message.AsMemory(head.Length));
        return message;
    }
}
