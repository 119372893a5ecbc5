using System.Diagnostics;
using System.Net.Sockets;

namespace Kopeck.Cli.Bench;

/// <summary>
/// One connection with one request in flight. It goes from event to event on the sockets' own thread, without tasks and
/// without allocating: the client shares the machine with what it measures.
/// </summary>
sealed class HttpConnection : IDisposable
{
    readonly LoadRun run;
    readonly HttpRequests requests;
    readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly SocketAsyncEventArgs events = new();
    readonly LoadItem[] items;
    readonly byte[] request;
    readonly Action<string> refused;
    readonly bool isBatch;
    byte[] answer;
    State state = State.Idle;
    int requestLength;
    int transferred;
    int operations;
    int body;
    long total;
    long sentAt;
    bool isMeasured;
    bool isHeld;

    public HttpConnection(LoadRun run, HttpRequests requests)
    {
        this.run = run;
        this.requests = requests;
        isBatch = run.Batch > 1;
        items = new LoadItem[run.Batch];
        request = new byte[HttpRequests.BufferSize(run.Batch)];
        answer = new byte[HttpRequests.BufferSize(run.Batch) * 4];
        refused = code => run.Refuse(isMeasured, code, 1);
        events.Completed += (_, _) => Go();
    }

    enum State
    {
        Idle,
        Sending,
        Receiving,
        Closed,
    }

    public async Task ConnectAsync(Uri url) => await socket.ConnectAsync(url.Host.Trim('[', ']'), url.Port);

    /// <summary>Sends until the load is over.</summary>
    public void Start() => Advance();

    public void Dispose()
    {
        socket.Dispose();
        events.Dispose();
    }

    // A transfer of bytes has ended.
    void Go()
    {
        if (Take())
            Advance();
    }

    // Goes on until the system says that it will call back, or the load is over.
    void Advance()
    {
        while (state != State.Closed)
        {
            if (state == State.Idle && !Begin())
                return;
            bool isPending;
            try
            {
                isPending = state == State.Sending ? SendMore() : ReceiveMore();
            }
            catch (ObjectDisposedException)
            {
                return;
            }

            if (isPending || !Take())
                return;
        }
    }

    bool Begin()
    {
        // Requests and their keys come from one place, which is not safe for two connections at once.
        lock (requests)
        {
            operations = run.Take(items, out isMeasured);
            if (operations > 0)
                requestLength = requests.Write(items.AsSpan(0, operations), isBatch, request);
        }

        if (operations == 0)
        {
            Close();
            return false;
        }

        transferred = 0;
        total = 0;
        state = State.Sending;
        sentAt = Stopwatch.GetTimestamp();
        return true;
    }

    bool SendMore()
    {
        events.SetBuffer(request, transferred, requestLength - transferred);
        return socket.SendAsync(events);
    }

    bool ReceiveMore()
    {
        if (transferred == answer.Length || total > answer.Length)
            Array.Resize(ref answer, (int)Math.Max(total, answer.Length * 2L));
        events.SetBuffer(answer, transferred, answer.Length - transferred);
        return socket.ReceiveAsync(events);
    }

    // False when the connection is lost.
    bool Take()
    {
        if (state == State.Closed)
            return false;
        if (events.SocketError != SocketError.Success || events.BytesTransferred == 0)
            return Lose("connection_lost");
        transferred += events.BytesTransferred;
        if (state == State.Sending)
        {
            if (transferred == requestLength)
                (state, transferred) = (State.Receiving, 0);
            return true;
        }

        var bytes = answer.AsSpan(0, transferred);
        if (total == 0 && HttpAnswer.TryReadHead(bytes, out body, out total) && total is < 0 or > int.MaxValue)
            return Lose("answer_without_length");
        if (total == 0 || transferred < total)
            return true;
        if (items[0].Kind == LoadKind.Capture && !isHeld && HttpAnswer.Status(bytes) == 201)
            return Capture(HttpAnswer.Id(bytes[body..]));
        Note(HttpAnswer.Status(bytes), bytes[body..]);
        isHeld = false;
        state = State.Idle;
        return true;
    }

    // The second half of the operation: the answer to the hold is not noted.
    bool Capture(ReadOnlySpan<byte> hold)
    {
        if (hold.IsEmpty)
            return Lose("hold_without_id");
        lock (requests)
            requestLength = requests.WriteCapture(hold, request);
        (isHeld, transferred, total, state) = (true, 0, 0, State.Sending);
        return true;
    }

    void Note(int status, ReadOnlySpan<byte> content)
    {
        if (status is < 200 or > 299)
        {
            run.Answer(isMeasured, sentAt, operations, 0, HttpAnswer.Code(content, status));
            return;
        }

        var accepted = isBatch ? HttpAnswer.CountDone(content) : 1;
        run.Answer(isMeasured, sentAt, operations, accepted);
        if (accepted != operations)
            HttpAnswer.ListRefusals(content, refused);
    }

    bool Lose(string code)
    {
        run.Lose(isMeasured, code, operations);
        Close();
        return false;
    }

    void Close()
    {
        state = State.Closed;
        run.Leave();
    }
}
