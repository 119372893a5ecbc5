using System.Text;
using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>Erasure of many customers, whose values stood on many pages, in logs and in two servers' memories.</summary>
public sealed class ErasureUnderLoadTests
{
    const int Customers = 640;
    const int Erased = 60;

    [Fact]
    public async Task Many_erasures_leave_no_value_on_any_page_after_changes_that_split_and_moved_the_rows()
    {
        var random = new Random(TestSeed.Next());
        using var folder = new Folder();
        await using var one = await Server.StartAsync(folder, log: "trace");
        await using var two = await Server.StartAsync(folder, log: "trace");
        var customers = new Customer[Customers];
        for (var start = 0; start < Customers; start += 32)
            await Task.WhenAll(
                Enumerable.Range(start, 32)
                    .Select(
                        async index => customers[index] = await Customer.RegisterAsync(index % 2 == 0 ? one : two, random.Next(), index)));
        for (var change = 0; change < 3; change++)
        {
            var places = Enumerable.Range(0, Customers).OrderBy(_ => random.Next()).Take(Customers / 2).Chunk(32).ToList();
            foreach (var chunk in places)
                await Task.WhenAll(
                    chunk.Select(index => customers[index].ChangeAsync(index % 2 == 0 ? two : one, random.Next(), $"{index}-{change}")));
        }

        // Both servers have the values in their caches, and readers come and go while they are erased.
        using var stop = new CancellationTokenSource();
        var reading =
            Task.WhenAll(new[] { one, two }.Select(server => Task.Run(() => ReadAsync(server, stop.Token), CancellationToken.None)));
        var chosen = customers.OrderBy(_ => random.Next()).Take(Erased).ToList();
        foreach (var customer in chosen)
            await customer.EraseAsync(random.Next(2) == 0 ? one : two);
        await stop.CancelAsync();
        await reading;

        // Readers may have kept the last of them in the log for a moment.
        var markers = chosen.SelectMany(customer => customer.Markers).ToList();
        await Checks.HappensAsync(async () => (await FindAsync(folder, markers)).Count == 0, TimeSpan.FromSeconds(10));
        await AssertGoneAsync(folder, markers, one.Log + two.Log);
        foreach (var customer in chosen)
            await customer.AssertErasedAsync(one, two);
        foreach (var customer in customers.Except(chosen).Take(20))
            Assert.Contains(customer.LastName, (await two.GetAsync("/v1/customers/" + customer.Id)).Body, StringComparison.Ordinal);
        Ledgers.Verify(folder);
        Assert.Equal(0, await one.StopAsync());
        Assert.Equal(0, await two.StopAsync());
        await AssertGoneAsync(folder, markers, one.Log + two.Log);
    }

    [Fact]
    public async Task A_server_that_is_killed_right_after_an_erasure_leaves_no_value_either()
    {
        var random = new Random(TestSeed.Next());
        using var folder = new Folder();
        for (var round = 0; round < 2 * TestSeed.Scale; round++)
        {
            var server = await Server.StartAsync(folder);
            var customer = await Customer.RegisterAsync(server, random.Next(), round);
            await customer.ChangeAsync(server, random.Next(), $"kill-{round}");
            var erasing = server.TrySendAsync(HttpMethod.Delete, $"/v1/customers/{customer.Id}/personal-data", null, $"erase-{round}");
            if (round > 0)
                await Task.WhenAny(erasing, Checks.EventuallyAsync(() => Task.FromResult(random.Next(3) == 0), "a moment"));
            server.Kill();
            await erasing;
            await server.DisposeAsync();

            await using var again = await Server.StartAsync(folder);
            var reply = await again.SendAsync(HttpMethod.Delete, $"/v1/customers/{customer.Id}/personal-data", null, $"erase-{round}");
            Assert.Equal(200, reply.Status);
            await Checks.EventuallyAsync(async () => (await FindAsync(folder, customer.Markers)).Count == 0, "the values to be gone");
        }

        Ledgers.Verify(folder);
    }

    [Fact]
    public async Task What_a_long_reader_keeps_in_the_log_goes_when_it_ends_without_another_write()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        var customer = await Customer.RegisterAsync(server, TestSeed.Next(), 0);
        SQLitePCL.Batteries_V2.Init();
        Assert.Equal(SQLitePCL.raw.SQLITE_OK, SQLitePCL.raw.sqlite3_open(folder.Database, out var reader));
        using (reader)
        {
            Assert.Equal(SQLitePCL.raw.SQLITE_OK, SQLitePCL.raw.sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM operations"));
            await customer.EraseAsync(server);

            // Commits go on at their pace in the meantime.
            for (var count = 0; count < 20; count++)
                Assert.Equal(201, (await server.PostAsync("/v1/customers", """{"name":"Somebody Else","country":"PT","city":"Porto"}""")).Status);
            Assert.NotEmpty(await FindAsync(folder, customer.Markers));
        }

        await Checks.EventuallyAsync(async () => (await FindAsync(folder, customer.Markers)).Count == 0, "the values to be gone");
        Ledgers.Verify(folder);
    }

    static async Task ReadAsync(Server server, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            Assert.Equal(200, (await server.GetAsync("/v1/customers?limit=100")).Status);
    }

    static async Task AssertGoneAsync(Folder folder, IReadOnlyList<string> markers, string log)
    {
        var found = await FindAsync(folder, markers);
        Assert.True(found.Count == 0, $"{found.Count} values are still there: {string.Join(", ", found.Take(10))}");
        var export = Shell.Try(Shell.Kopeck, null, "journal", "export", "--database", "sqlite:" + folder.Database);
        Assert.Equal(0, export.ExitCode);
        Assert.All(markers, marker => Assert.DoesNotContain(marker, export.Output, StringComparison.OrdinalIgnoreCase));
        Assert.All(markers, marker => Assert.DoesNotContain(marker, log, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Markers that stand in the folder's files, in any case: search columns are folded.</summary>
    static async Task<List<string>> FindAsync(Folder folder, IReadOnlyList<string> markers)
    {
        var found = new List<string>();
        foreach (var file in Directory.GetFiles(folder.Path))
        {
            var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)).ToLowerInvariant();
            found.AddRange(
                markers.Where(marker => text.Contains(marker, StringComparison.Ordinal))
                    .Select(marker => $"{marker} in {Path.GetFileName(file)}"));
        }

        return found;
    }

    /// <summary>A customer whose every value has a marker of its own, spread over the alphabet so that indexes grow everywhere.</summary>
    sealed class Customer
    {
        readonly List<string> markers = [];
        readonly string key;
        string code = "";
        string registration = "";

        Customer(int index) => key = $"register-{index}";

        public string Id { get; private set; } = "";

        public string LastName { get; private set; } = "";

        public IReadOnlyList<string> Markers => markers;

        public static async Task<Customer> RegisterAsync(Server server, int seed, int index)
        {
            var customer = new Customer(index);
            customer.registration = customer.Make(new Random(seed), withCountry: true);
            var reply = await server.PostAsync("/v1/customers", customer.registration, customer.key);
            Assert.True(reply.Status == 201, reply.Body);
            customer.Id = reply.Json["id"]!.GetValue<string>();
            return customer;
        }

        public async Task ChangeAsync(Server server, int seed, string key)
        {
            var reply = await server.SendAsync(
                HttpMethod.Patch, "/v1/customers/" + Id, Make(new Random(seed), withCountry: false), "change-" + key);
            Assert.True(reply.Status == 200, reply.Body);
        }

        public async Task EraseAsync(Server server) =>
            Assert.Equal(200, (await server.SendAsync(HttpMethod.Delete, $"/v1/customers/{Id}/personal-data", null, "erase-" + Id)).Status);

        public async Task AssertErasedAsync(Server one, Server two)
        {
            foreach (var server in new[] { one, two })
            {
                var replay = await server.PostAsync("/v1/customers", registration, key);
                Assert.Equal((201, true), (replay.Status, replay.IsReplay));
                Assert.Equal(Id, replay.Json["id"]!.GetValue<string>());
                var now = await server.GetAsync("/v1/customers/" + Id);
                foreach (var body in new[] { replay.Body, now.Body })
                    Assert.All(markers, marker => Assert.DoesNotContain(marker, body, StringComparison.OrdinalIgnoreCase));
                Assert.Empty((await server.GetAsync("/v1/customers?name=" + LastName)).Json["items"]!.AsArray());
                Assert.Empty((await server.GetAsync("/v1/customers?code=" + code)).Json["items"]!.AsArray());
            }
        }

        string Make(Random random, bool withCountry)
        {
            LastName = Mark(random);
            code = Mark(random);
            return $$"""{"name":"{{LastName}} {{Mark(random)}}","city":"{{Mark(random)}}","code":"{{code}}","metadata":{"{{Mark(random)}}":"{{string.Concat(Enumerable.Repeat("filling ", random.Next(1, 60)))}}{{Mark(random)}}"}{{(withCountry ? ""","country":"PT","currency":"EUR" """ : "")}}}""";
        }

        string Mark(Random random)
        {
            var marker = string.Concat(Enumerable.Range(0, 14).Select(_ => (char)('a' + random.Next(26))));
            markers.Add(marker);
            return marker;
        }
    }
}
