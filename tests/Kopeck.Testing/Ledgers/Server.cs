using System.Text;
using System.Text.Json.Nodes;

namespace Kopeck.Testing;

/// <summary>An answer: its status, its body to the byte, and whether it was a replay.</summary>
public sealed record Reply(int Status, string Body, bool IsReplay)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Code => Json["code"]?.GetValue<string>() ?? "";
}

/// <summary>A real <c>kopeck serve</c> on a port of its own.</summary>
public sealed class Server : IAsyncDisposable
{
    readonly System.Diagnostics.Process process;
    readonly StringBuilder log = new();
    readonly TaskCompletionSource<string> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<string> grpcAddress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    HttpClient client = new();

    Server(System.Diagnostics.Process process) => this.process = process;

    /// <summary>Where it serves.</summary>
    public string Url => client.BaseAddress!.ToString().TrimEnd('/');

    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    /// <summary>Where it serves gRPC.</summary>
    public Uri Grpc { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Where it serves HTTP.</summary>
    public Uri Http => client.BaseAddress!;

    /// <summary>The administrator's key.</summary>
    public string Key => client.DefaultRequestHeaders.Authorization!.Parameter!;

    /// <summary>Starts a server and waits until it serves.</summary>
    /// <param name="variables">More of its environment, for example another setting.</param>
    public static async Task<Server> StartAsync(
        ILedgerPlace place, string log = "information", string? program = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        var environment = Ledgers.Variables(place);
        // The log is kept in memory and printed where a test fails: a line a request would be too many.
        environment["KOPECK_LOG_REQUESTS"] = "false";
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            environment[name] = value;
        var server = new Server(
            Shell.Start(
                program ?? Shell.Kopeck, ["serve", "--http", "http://127.0.0.1:0", "--grpc", "http://127.0.0.1:0", "--log", log],
                environment));
        Orphans.Process(server.process.Id);
        server.process.OutputDataReceived += (_, line) => server.Note(line.Data);
        server.process.ErrorDataReceived += (_, line) => server.Note(line.Data);
        server.process.EnableRaisingEvents = true;
        server.process.Exited += (_, _) => server.NoteEnd();
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        var url = await server.address.Task.WaitAsync(TimeSpan.FromSeconds(60));
        server.Grpc = new Uri(await server.grpcAddress.Task.WaitAsync(TimeSpan.FromSeconds(60)));
        server.client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 128 })
        {
            BaseAddress = new Uri(url),
            Timeout = TimeSpan.FromMinutes(2)
        };
        server.client.DefaultRequestHeaders.Authorization =
            new("Bearer", (await File.ReadAllTextAsync(Path.Combine(place.Keys, "admin.key"))).Trim());
        return server;
    }

    public Task<Reply> PostAsync(string path, string body, string? key = null) => SendAsync(HttpMethod.Post, path, body, key);

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, null);

    public async Task<Reply> SendAsync(HttpMethod method, string path, string? body, string? key)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await SendAsync(request);
        return new Reply(
            (int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Contains("Idempotency-Replayed"));
    }

    /// <summary>
    /// As <see cref="SendAsync(HttpMethod, string, string?, string?)"/>; null when the connection broke, so that the outcome is unknown.
    /// </summary>
    public async Task<Reply?> TrySendAsync(HttpMethod method, string path, string? body, string? key)
    {
        try
        {
            return await SendAsync(method, path, body, key);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
        {
            return null;
        }
    }

    async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        try
        {
            return await client.SendAsync(request);
        }
        catch (HttpRequestException exception)
        {
            // Why a server broke a connection is in its log, if anywhere.
            throw new IOException(
                $"{request.Method} {request.RequestUri}: {exception.Message}; the server {(process.HasExited ? $"ended with {process.ExitCode}" : "runs")}: {Log}",
                exception);
        }
    }

    /// <summary>A new customer with a wallet that holds an amount; the wallet's id.</summary>
    public async Task<string> OpenWalletAsync(string currency, string amount)
    {
        var customer = await PostAsync("/v1/customers", $$"""{"name":"Test Customer","country":"PT","city":"Lisboa","currency":"{{currency}}"}""");
        Assert.Equal(201, customer.Status);
        var wallet = customer.Json["wallets"]![0]!["id"]!.GetValue<string>();
        if (amount != "0")
            Assert.Equal(201, (await PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"{{amount}}"}""", "open-" + wallet)).Status);
        return wallet;
    }

    public async Task<string> PostedAsync(string wallet) => (await GetAsync("/v1/wallets/" + wallet)).Json["posted"]!.GetValue<string>();

    /// <summary>Its process id.</summary>
    public int ProcessId => process.Id;

    /// <summary>A number of <c>/metrics</c> by its name, with labels if it has any.</summary>
    public async Task<long> MetricAsync(string name)
    {
        var metrics = await GetAsync("/metrics");
        var line = metrics.Body.Split('\n').SingleOrDefault(each => each.StartsWith(name + " ", StringComparison.Ordinal));
        Assert.True(line is not null, $"there is no metric {name}: {metrics.Body}");
        return long.Parse(line![(name.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Signal(string name) => Shell.Signal(process.Id, name);

    /// <summary>SIGTERM, and the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Signal("TERM");
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        // Whatever a test looks at: a bug that a server tells of is worth its log.
        if (Log.Contains(" bug", StringComparison.Ordinal))
            await Console.Error.WriteLineAsync(Log);
        Orphans.Ended(process.Id);
        process.Dispose();
    }

    void NoteEnd()
    {
        // Its last words may still be on their way.
        process.WaitForExit();
        address.TrySetException(new InvalidOperationException("the server ended: " + Log));
        grpcAddress.TrySetCanceled();
    }

    void Note(string? line)
    {
        if (line is null)
            return;
        lock (log)
            log.AppendLine(line);
        var place = line.IndexOf(" on http://", StringComparison.Ordinal);
        if (line.StartsWith("Kopeck serves", StringComparison.Ordinal) && place > 0)
            address.TrySetResult(line[(place + 4)..]);
        else if (line.TrimStart().StartsWith("gRPC ", StringComparison.Ordinal))
            grpcAddress.TrySetResult(line[line.IndexOf("http://", StringComparison.Ordinal)..]);
    }
}
