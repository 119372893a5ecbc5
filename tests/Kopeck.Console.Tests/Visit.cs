using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Kopeck.Console.Tests;

/// <summary>How a visitor looks at the console.</summary>
public sealed record Looks(string Language = "en", int Width = 1440, int Height = 900, bool IsDark = false);

/// <summary>A browser's window on the console, with everything that must not happen in it noted.</summary>
public sealed class Visit : IAsyncDisposable
{
    readonly ConcurrentQueue<string> faults = new();
    readonly string url;

    Visit(IPage page, string url) => (Page, this.url) = (page, url);

    public IPage Page { get; }

    /// <summary>Opens the console, without a key yet.</summary>
    /// <param name="url">Where the server is, or a way to it.</param>
    /// <param name="mayFail">Whether requests may fail: Chromium writes each such to its console.</param>
    public static async Task<Visit> OpenAsync(
        Chromium chromium, string url, Looks? looks = null, bool mayFail = false, IBrowserContext? context = null)
    {
        looks ??= new Looks();
        context ??= await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = looks.Language == "ru" ? "ru-RU" : "en-GB",
            ColorScheme = looks.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = looks.Width, Height = looks.Height },
            AcceptDownloads = true,
            TimezoneId = "UTC",
        });
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        var visit = new Visit(page, url);
        await page.AddInitScriptAsync(
            "addEventListener('securitypolicyviolation', event => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))");
        page.Console += (_, message) =>
        {
            var isFailure = message.Text.Contains("Failed to load resource", StringComparison.Ordinal);
            if (message.Type is "error" or "warning" && !(mayFail && isFailure))
                visit.faults.Enqueue($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => visit.faults.Enqueue("error: " + error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(url + "/", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                visit.faults.Enqueue("foreign: " + request.Url);
        };
        await page.GotoAsync(url + "/console/");
        await page.Locator("k-signin input").WaitForAsync();
        return visit;
    }

    /// <summary>Opens the console and signs in.</summary>
    public static async Task<Visit> SignInAsync(Chromium chromium, string url, string key, Looks? looks = null, bool mayFail = false)
    {
        var visit = await OpenAsync(chromium, url, looks, mayFail);
        await visit.SignInAsync(key);
        return visit;
    }

    public async Task SignInAsync(string key)
    {
        await Page.Locator("#key").FillAsync(key);
        await Page.Locator("#key").PressAsync("Enter");
        await Page.Locator("main h1").WaitForAsync();
        await Page.Locator("k-signin").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>Goes to a place of the console and waits until everything there was read.</summary>
    public async Task GoAsync(string place)
    {
        await Page.EvaluateAsync("place => { location.hash = place; }", "#/" + place);
        await SettleAsync();
    }

    /// <summary>Waits until nothing is being read.</summary>
    public Task SettleAsync() => Page.WaitForFunctionAsync("""
        () => {
            const busy = document.querySelector('[aria-busy="true"]') || [...document.querySelectorAll('main p.quiet[role=status]')].some(each => /^(Loading|Загрузка)/.test(each.textContent));
            const quiet = document.querySelector('main h1') && !busy;
            window.quietSince = quiet ? (window.quietSince ?? performance.now()) : undefined;
            return quiet && performance.now() - window.quietSince > 150;
        }
        """);

    /// <summary>Nothing happened that must not: errors, reports of the policy, requests to others.</summary>
    public void AssertClean() => Assert.Empty(faults);

    public IReadOnlyCollection<string> Faults => faults;

    /// <summary>Another tab of the same browser.</summary>
    public Task<Visit> AnotherTabAsync(Chromium chromium) => OpenAsync(chromium, url, context: Page.Context);

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
