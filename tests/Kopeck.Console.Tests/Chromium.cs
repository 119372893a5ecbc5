using Kopeck.Testing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Kopeck.Console.Tests.Chromium))]
[assembly: AssemblyFixture(typeof(Kopeck.Console.Tests.Books))]

namespace Kopeck.Console.Tests;

/// <summary>The system's Chromium without a window, once for all tests. No browser is ever downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    IPlaywright? playwright;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var program = Packages.Program("chromium", () => File.Exists("/usr/bin/chromium") ? "/usr/bin/chromium" : null);
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        // A busy machine is slow, not wrong.
        Assertions.SetDefaultExpectTimeout(20_000);
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        playwright?.Dispose();
    }
}
