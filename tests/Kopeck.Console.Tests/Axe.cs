using System.Text.Json;
using Kopeck.Testing;
using Microsoft.Playwright;

namespace Kopeck.Console.Tests;

/// <summary>axe-core, put into the page past its policy as a debugger does.</summary>
static class Axe
{
    static readonly Lazy<string> Source =
        new(() => File.ReadAllText(Path.Combine(Shell.Repository, "tests", "Kopeck.Console.Tests", "axe", "axe.min.js")));

    /// <summary>What it finds wrong with the page as it stands.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            var session = await page.Context.NewCDPSessionAsync(page);
            await session.SendAsync("Runtime.evaluate", new Dictionary<string, object> { ["expression"] = Source.Value });
            await session.DetachAsync();
        }

        var found = await page.EvaluateAsync<JsonElement>("""
            () => axe.run(document, { resultTypes: ['violations'], elementRef: false })
                .then(result => result.violations.map(each => `${each.id}: ${each.nodes.map(node => node.target.join(' ')).join(', ')}`))
            """);
        return [.. found.EnumerateArray().Select(each => each.GetString()!)];
    }
}
