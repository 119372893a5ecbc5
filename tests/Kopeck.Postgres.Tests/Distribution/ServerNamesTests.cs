using Kopeck.Postgres.Distribution;

namespace Kopeck.Postgres.Tests.Distribution;

/// <summary>How servers are reached that know each other by other names.</summary>
public sealed class ServerNamesTests
{
    [Fact]
    public void A_server_is_reached_by_the_name_that_is_given_for_it_and_else_by_its_own()
    {
        Assert.True(ServerNames.TryParse("worker1:5432=203.0.113.7:6000, [::1]:5432=[2001:db8::7]:5433", out var names));
        Assert.Equal(new ServerAddress("203.0.113.7", 6000), names.From(new ServerAddress("worker1", 5432)));
        Assert.Equal("[2001:db8::7]:5433", names.From(new ServerAddress("::1", 5432)).ToString());
        Assert.Equal(new ServerAddress("worker1", 5433), names.From(new ServerAddress("worker1", 5433)));
        Assert.True(ServerNames.TryParse("", out names));
        Assert.Equal(new ServerAddress("worker1", 5432), names.From(new ServerAddress("worker1", 5432)));
    }

    [Theory]
    [InlineData("worker1")]
    [InlineData("worker1:5432")]
    [InlineData("worker1=worker2")]
    [InlineData("worker1:5432=worker2:0")]
    [InlineData("worker1:5432=worker2:65536")]
    [InlineData("worker1:5432=:5432")]
    [InlineData("::1:5432=worker2:5432")]
    [InlineData("a:1=b:1,a:1=c:1")]
    public void What_is_no_pair_of_servers_is_refused(string text) => Assert.False(ServerNames.TryParse(text, out _));
}
