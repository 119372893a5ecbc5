using System.Text;
using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>Erased means gone.</summary>
public sealed class ErasureTests
{
    [Fact]
    public async Task After_erasure_no_past_or_present_personal_value_is_anywhere()
    {
        using var folder = new Folder();
        string[] markers = ["Zerafina Quillmark", "Vornholmstad", "vip-7781-zq", "blue-lantern-55", "Marguerite Ostervald", "Kelderwick"];
        await using var server = await Server.StartAsync(folder, log: "trace");
        for (var other = 0; other < 200; other++)
            await server.OpenWalletAsync("EUR", "0");
        const string Registration = """{"name":"Zerafina Quillmark","country":"PT","city":"Vornholmstad","code":"vip-7781-zq","metadata":{"note":"blue-lantern-55"},"currency":"EUR"}""";
        var registered = await server.PostAsync("/v1/customers", Registration, "register-her");
        var id = registered.Json["id"]!.GetValue<string>();
        var changed = await server.SendAsync(HttpMethod.Patch, "/v1/customers/" + id, """{"name":"Marguerite Ostervald","city":"Kelderwick"}""", "change-her");
        Assert.Equal(200, changed.Status);
        for (var other = 0; other < 200; other++)
            await server.OpenWalletAsync("EUR", "0");

        var erased = await server.SendAsync(HttpMethod.Delete, $"/v1/customers/{id}/personal-data", null, "erase-her");
        Assert.Equal(200, erased.Status);
        var export = Shell.Try(Shell.Kopeck, null, "journal", "export", "--database", "sqlite:" + folder.Database);
        foreach (var marker in markers)
        {
            foreach (var file in Directory.GetFiles(folder.Path, "kopeck.db*"))
                Assert.True(!Contains(await File.ReadAllBytesAsync(file), marker), $"{marker} is in {Path.GetFileName(file)}");
            Assert.DoesNotContain(marker, export.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(marker, server.Log, StringComparison.Ordinal);
            Assert.DoesNotContain(marker, erased.Body, StringComparison.Ordinal);
        }

        var replay = await server.PostAsync("/v1/customers", Registration, "register-her");
        Assert.Equal((201, true), (replay.Status, replay.IsReplay));
        Assert.Null(replay.Json["name"]);
        Assert.Equal(id, replay.Json["id"]!.GetValue<string>());
        Assert.Equal(registered.Json["wallets"]!.ToJsonString(), replay.Json["wallets"]!.ToJsonString());
        Assert.Empty((await server.GetAsync("/v1/customers?name=zerafina")).Json["items"]!.AsArray());
        Assert.Empty((await server.GetAsync("/v1/customers?code=vip-7781-zq")).Json["items"]!.AsArray());
        Assert.Equal(201, (await server.PostAsync("/v1/customers", """{"name":"Somebody Else","country":"PT","city":"Porto","code":"vip-7781-zq"}""")).Status);
        Ledgers.Verify(folder);
    }

    static bool Contains(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
