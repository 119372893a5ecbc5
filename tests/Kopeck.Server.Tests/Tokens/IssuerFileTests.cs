using System.Text;
using Kopeck.Ledger.Commands;
using Kopeck.Server.Tokens;

namespace Kopeck.Server.Tests.Tokens;

/// <summary>The settings' file of issuers: what it means, and what is wrong with it.</summary>
public sealed class IssuerFileTests
{
    const string Grant = """{"value": "tellers", "book": "main", "scopes": ["read", "cash"]}""";

    [Fact]
    public void It_names_issuers_and_what_their_claims_allow()
    {
        var file = $$"""
            [
              // Two of them.
              {"issuer": "https://login.example/realms/bank", "audience": ["kopeck", "ledger"], "algorithms": "ES256",
               "claim": ["realm_access", "roles"], "grants": [{{Grant}}], "clockSkewSeconds": 5, "rateLimit": 10},
              {"issuer": "http://127.0.0.1:9000", "audience": "kopeck", "claim": "groups", "grants": [{{Grant}}]},
            ]
            """;
        Assert.True(IssuerFile.TryParse(Encoding.UTF8.GetBytes(file), out var issuers, out var problem), problem);
        Assert.Equal(["kopeck", "ledger"], issuers[0].Audiences);
        Assert.Equal(["ES256"], issuers[0].Algorithms);
        Assert.Equal(["realm_access", "roles"], issuers[0].Claim);
        Assert.Equal((TimeSpan.FromSeconds(5), 10), (issuers[0].ClockSkew, issuers[0].RateLimit));
        Assert.Equal("https://login.example/realms/bank/.well-known/openid-configuration", issuers[0].Metadata.AbsoluteUri);
        Assert.Equal(("tellers", "main", Scopes.Read | Scopes.Cash), Told(issuers[1].Grants.Single()));
        Assert.Equal((TimeSpan.FromSeconds(30), null), (issuers[1].ClockSkew, issuers[1].RateLimit));
        Assert.Equal(["RS256", "PS256", "ES256"], issuers[1].Algorithms);
    }

    [Theory]
    [InlineData("{}", "a list of issuers")]
    [InlineData("[]", "no issuer")]
    [InlineData("[7]", "an object")]
    [InlineData("[{", "")]
    [InlineData("""[{"issuer": "http://login.example", "audience": "a", "claim": "c", "grants": [GRANT]}]""", "https")]
    [InlineData("""[{"issuer": "https://login.example?x=1", "audience": "a", "claim": "c", "grants": [GRANT]}]""", "https")]
    [InlineData("""[{"issuer": "https://login.example", "audience": "", "claim": "c", "grants": [GRANT]}]""", "audience")]
    [InlineData("""[{"issuer": "https://login.example", "claim": "c", "grants": [GRANT]}]""", "audience")]
    [InlineData("""[{"issuer": "https://login.example", "audience": "a", "grants": [GRANT]}]""", "claim")]
    [InlineData("""[{"issuer": "https://login.example", "audience": "a", "claim": "c", "grants": []}]""", "grants")]
    [InlineData("""[{"issuer": "https://login.example", "audience": "a", "claim": "c", "grants": [GRANT], "algorithms": ["HS256"]}]""", "HS256")]
    [InlineData("""[{"issuer": "https://login.example", "audience": "a", "claim": "c", "grants": [GRANT], "algorithms": ["none"]}]""", "none")]
    [InlineData("""[{"issuer": "https://login.example", "audience": "a", "claim": "c", "grants": [GRANT], "clockSkewSeconds": 301}]""", "300")]
    [InlineData("""[{"issuer": "https://login.example", "audience": "a", "claim": "c", "grants": [GRANT], "audiance": "b"}]""", "audiance")]
    [InlineData("""[{"issuer": "https://login.example", "audience": "a", "claim": "c", "grants": [{"value": "x", "book": "no book", "scopes": ["read"]}]}]""", "no book")]
    [InlineData("""[{"issuer": "https://login.example", "audience": "a", "claim": "c", "grants": [{"value": "x", "book": "main", "scopes": ["root"]}]}]""", "scopes")]
    [InlineData("""[{"issuer": "https://a.example", "audience": "a", "claim": "c", "grants": [GRANT]}, {"issuer": "https://a.example", "audience": "a", "claim": "c", "grants": [GRANT]}]""", "twice")]
    public void What_is_wrong_is_told_in_a_line(string file, string told)
    {
        var content = Encoding.UTF8.GetBytes(file.Replace("GRANT", Grant, StringComparison.Ordinal));
        Assert.False(IssuerFile.TryParse(content, out _, out var problem));
        Assert.Contains(told, problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }

    static (string Value, string Book, Scopes Scopes) Told(TokenGrant grant) => (grant.Value, grant.Book.Value, grant.Scopes);
}
