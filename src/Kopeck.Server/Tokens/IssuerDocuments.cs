using Microsoft.IdentityModel.Protocols;

namespace Kopeck.Server.Tokens;

/// <summary>Reads issuers' documents: from safe addresses alone, without following others, and not without an end.</summary>
sealed class IssuerDocuments : IDocumentRetriever, IDisposable
{
    const int LargestDocument = 1 << 20;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly HttpClient client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = Patience,
            // An issuer whose address moves is found again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
    { Timeout = Patience, MaxResponseContentBufferSize = LargestDocument };

    /// <inheritdoc/>
    public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        var uri = new Uri(address);
        if (!IssuerFile.IsSafe(uri))
            throw new InvalidDataException($"{uri.GetLeftPart(UriPartial.Path)} is not an https address");
        using var response = await client.GetAsync(uri, cancel);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsStringAsync(cancel)
            : throw new HttpRequestException($"{uri.GetLeftPart(UriPartial.Path)} answers {(int)response.StatusCode}");
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();
}
