using Kopeck.Postgres.Connections;
using Npgsql;

namespace Kopeck.Postgres.Tests;

/// <summary>How KOPECK_DATABASE is read.</summary>
public sealed class PostgresAddressTests
{
    [Theory]
    [InlineData("Host=127.0.0.1;Database=ledger")]
    [InlineData("Host = 127.0.0.1 ; Database = ledger")]
    [InlineData("server=127.0.0.1;database=ledger")]
    [InlineData("Server =127.0.0.1;Database=ledger")]
    [InlineData("Database=ledger;Username=kopeck; HOST=127.0.0.1")]
    [InlineData("postgres://127.0.0.1/ledger")]
    [InlineData("PostgreSQL://127.0.0.1/ledger")]
    [InlineData("postgres:///?host=127.0.0.1&dbname=ledger")]
    public void Every_form_that_is_valid_names_the_host_and_the_database(string text)
    {
        Assert.True(PostgresAddress.IsPostgres(text));
        Assert.True(PostgresAddress.TryParse(text, out var settings, out var problem), problem);
        Assert.Equal("127.0.0.1", settings.Host);
        Assert.Equal("ledger", settings.Database);
        Assert.Equal("postgres://127.0.0.1:5432/ledger", PostgresAddress.Describe(settings));
    }

    [Theory]
    [InlineData("sqlite:host.db")]
    [InlineData("Hostess=a;Database=b")]
    [InlineData("Host")]
    [InlineData("mysql://user@host/db")]
    public void Others_are_not_taken_for_it(string text) => Assert.False(PostgresAddress.IsPostgres(text));

    [Theory]
    [InlineData("postgres://127.0.0.1/ledger", GssEncryptionMode.Disable)]
    [InlineData("Host=127.0.0.1;Database=ledger", GssEncryptionMode.Disable)]
    [InlineData("postgres://127.0.0.1/ledger?gssencmode=prefer", GssEncryptionMode.Prefer)]
    [InlineData("Host=127.0.0.1;Database=ledger;GSS Encryption Mode=Require", GssEncryptionMode.Require)]
    [InlineData("Host=127.0.0.1;Database=ledger;GssEncryptionMode=Prefer", GssEncryptionMode.Prefer)]
    public void Kerberos_encrypts_only_where_that_is_said(string text, GssEncryptionMode mode)
    {
        Assert.True(PostgresAddress.TryParse(text, out var settings, out var problem), problem);
        Assert.Equal(mode, settings.GssEncryptionMode);
    }

    [Theory]
    [InlineData("user=kopeck", "Username", "kopeck")]
    [InlineData("password=a%26b", "Password", "a&b")]
    [InlineData("dbname=other", "Database", "other")]
    [InlineData("port=6000", "Port", "6000")]
    [InlineData("application_name=a+b", "Application Name", "a+b")]
    [InlineData("application_name=a%20b%2B", "Application Name", "a b+")]
    [InlineData("password=a+b", "Password", "a+b")]
    [InlineData("connect_timeout=3", "Timeout", "3")]
    [InlineData("keepalives=1", "TCP Keepalive", "True")]
    [InlineData("keepalives=0", "TCP Keepalive", "False")]
    [InlineData("keepalives_idle=30", "TCP Keepalive Time", "30")]
    [InlineData("keepalives_interval=10", "TCP Keepalive Interval", "10")]
    [InlineData("channel_binding=require", "Channel Binding", "Require")]
    [InlineData("gssencmode=disable", "GSS Encryption Mode", "Disable")]
    [InlineData("sslmode=verify-full", "SSL Mode", "VerifyFull")]
    [InlineData("sslcert=%2Fc.crt", "SSL Certificate", "/c.crt")]
    [InlineData("sslkey=/c.key", "SSL Key", "/c.key")]
    [InlineData("sslrootcert=/ca.crt", "Root Certificate", "/ca.crt")]
    [InlineData("target_session_attrs=read-write", "Target Session Attributes", "read-write")]
    [InlineData("load_balance_hosts=disable", "Load Balance Hosts", "False")]
    [InlineData("options=-c%20search_path%3Da", "Options", "-c search_path=a")]
    [InlineData("Maximum%20Pool%20Size=7", "Maximum Pool Size", "7")]
    public void The_keys_of_libpq_mean_what_they_mean_there(string pair, string name, string value)
    {
        Assert.True(PostgresAddress.TryParse("postgres://127.0.0.1/ledger?" + pair, out var settings, out var problem), problem);
        Assert.Equal(value, settings[name]?.ToString());
    }

    [Theory]
    [InlineData("postgres://u@[::1]/ledger", "::1", 5432, "postgres://[::1]:5432/ledger")]
    [InlineData("postgres://u@[::1]:6000/ledger", "::1", 6000, "postgres://[::1]:6000/ledger")]
    [
        InlineData(
            "postgres://u@[::1]:6000,[fd00::2]:6001/ledger", "[::1]:6000,[fd00::2]:6001", 5432,
            "postgres://[::1]:6000,[fd00::2]:6001/ledger")]
    [InlineData("postgres://u@[::1],[fd00::2]/ledger", "[::1],[fd00::2]", 5432, "postgres://[::1],[fd00::2]/ledger")]
    [InlineData("postgres://u@a:6000,b/ledger", "a:6000,b", 5432, "postgres://a:6000,b/ledger")]
    [InlineData("postgres:///ledger", "localhost", 5432, "postgres://localhost:5432/ledger")]
    public void Hosts_are_one_or_several_of_either_protocol(string text, string host, int port, string description)
    {
        Assert.True(PostgresAddress.TryParse(text, out var settings, out var problem), problem);
        Assert.Equal(host, settings.Host);
        Assert.Equal(port, settings.Port);
        Assert.Equal(description, PostgresAddress.Describe(settings));
    }

    [Theory]
    [InlineData("postgres://u:hush@127.0.0.1/ledger?keepalives=hush")]
    [InlineData("postgres://u:hush@127.0.0.1/ledger?nonsense=hush")]
    [InlineData("postgres://u:hush@127.0.0.1:hush/ledger")]
    [InlineData("Host=a;Database=b;Password=hush;Port=hush")]
    [InlineData("Host=a;Database=b;Password=hush;Target Session Attributes=hush")]
    public void What_cannot_be_read_is_a_problem_without_its_value(string text)
    {
        Assert.False(PostgresAddress.TryParse(text, out _, out var problem));
        Assert.DoesNotContain("hush", problem, StringComparison.Ordinal);
    }
}
