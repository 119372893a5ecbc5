using System.Globalization;
using System.Net;
using System.Text.Json;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.State;
using Kopeck.Redis;
using Kopeck.Statements.Writing;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Kopeck.Cli.Settings;

/// <summary>
/// The program's settings. Each has one name: an environment variable, the same in the settings file, and an option; the option wins, then
/// the variable, then the file.
/// </summary>
sealed record ProgramSettings
{
    public const string Prefix = "KOPECK_";

    const int MaxRateLimit = 1_000_000;

    /// <summary>The names, their options, defaults and what they mean.</summary>
    public static IReadOnlyList<(string Name, string Option, string Default, string Description)> Known { get; } =
    [
        (
            "KOPECK_DATABASE", "--database", "sqlite:kopeck.db",
            "sqlite:PATH, postgres://user:password@host:port/database, or Npgsql's Host=...;Database=..."),
        (
            "KOPECK_READS", "--reads", "",
            "A PostgreSQL standby of the same database for reads of a fixed number (at=, statements, reports, exports), as KOPECK_DATABASE is written; the primary answers what it has not"),
        (
            "KOPECK_SERVER_NAMES", "--server-names", "",
            "Where Citus spreads the books: how servers are reached from here that know each other by other names, as THEIR-HOST:PORT=HOST:PORT, separated by commas; see docs/scale.md"),
        (
            "KOPECK_REDIS", "--redis", "",
            "Where servers of one database share quotes that were read: HOST:PORT, or more of StackExchange.Redis' form, such as HOST:PORT,password=...,ssl=true; nowhere if empty"),
        (
            "KOPECK_HTTP", "--http", "http://127.0.0.1:5080",
            "Where HTTP listens: http://ADDRESS:PORT, or https with KOPECK_TLS_CERTIFICATE; other machines reach it only if you name an address that they reach"),
        (
            "KOPECK_GRPC", "--grpc", "http://127.0.0.1:5081",
            "Where gRPC listens: http://ADDRESS:PORT, or https; another port than HTTP's; none: nowhere"),
        ("KOPECK_KEYS", "--keys", "", "The folder of operator.key and admin.key; beside the database if empty"),
        ("KOPECK_BASE_CURRENCY", "--base-currency", "EUR", "The base currency of books yet to be opened"),
        ("KOPECK_QUOTE_MAX_AGE_DAYS", "--quote-max-age-days", "7", "For how many days a quote may be used, in books yet to be opened"),
        (
            "KOPECK_TIME_ZONE", "--time-zone", "UTC",
            "Whose days count in books yet to be opened: a name of the IANA's, such as Europe/Berlin"),
        ("KOPECK_LOG", "--log", "warning", "What is logged to standard error: trace, debug, information, warning, error, critical or none"),
        (
            "KOPECK_ALLOW_UNSAFE_STORAGE", "--allow-unsafe-storage", "false",
            "Whether a PostgreSQL server may be used that can lose what it acknowledged (fsync, full_page_writes or synchronous_commit off): true or false"),
        (
            "KOPECK_RATE_LIMIT", "--rate-limit", "0",
            "How many requests a second a key may make to this server, and an address without a valid key; 0 is no limit"),
        (
            "KOPECK_LETTERHEAD", "--letterhead", "",
            "A JSON file with what the house puts above its statements, such as [{\"name\": \"Kopeck Bank\", \"lines\": [\"1 Main Street\"]}]; see docs/statements.md"),
        ("KOPECK_METRICS", "--metrics", "loopback", "Who may read /metrics beside the API: loopback or anyone"),
        .. GuardSettings.Known,
        ("KOPECK_CONSOLE", "--console", "on", "Whether the web console is served under /console/: on or off"),
    ];

    public required DatabaseSetting Database { get; init; }

    /// <summary>Where quotes are shared; null for nowhere.</summary>
    public required ConfigurationOptions? Redis { get; init; }

    /// <summary>Whether the database was named at all, and is not just the default one.</summary>
    public required bool IsDatabaseNamed { get; init; }

    /// <summary>Variables with the prefix that name no setting: perhaps misspelt.</summary>
    public IReadOnlyList<string> UnknownVariables { get; init; } = [];

    public required Uri Http { get; init; }

    /// <summary>Where gRPC listens; null for nowhere.</summary>
    public required Uri? Grpc { get; init; }

    public required string KeysFolder { get; init; }

    public required Currency BaseCurrency { get; init; }

    /// <summary>The terms of books yet to be opened.</summary>
    public required BookTerms Terms { get; init; }

    public required LogLevel Log { get; init; }

    /// <summary>Requests a second; 0 is no limit.</summary>
    public required int RateLimit { get; init; }

    public required bool AreMetricsPublic { get; init; }

    /// <summary>Logs, proxies, TLS and the like.</summary>
    public required GuardSettings Guard { get; init; }
    /// <summary>Whether the web console is served.</summary>
    public required bool HasConsole { get; init; }

    /// <summary>What the house puts above its statements.</summary>
    public required Letterheads Letterheads { get; init; }

    /// <summary>Reads the settings. Throws <see cref="UsageException"/> with one line for everything that is wrong.</summary>
    public static ProgramSettings Read(
        IReadOnlyDictionary<string, string?> options, IReadOnlyDictionary<string, string> environment, string? file, Action<string> warn)
    {
        var fromFile = file is null ? new Dictionary<string, string>(StringComparer.Ordinal) : ReadFile(file);
        List<string> strange =
        [
            .. environment.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !IsKnown(name))
                .Order(StringComparer.Ordinal)
        ];
        foreach (var name in strange)
            warn($"{name} is set, but there is no such setting");
        if (fromFile.Keys.FirstOrDefault(name => !IsKnown(name)) is { } unknown)
            throw new UsageException(
                $"{file}: there is no setting {unknown}; known are {string.Join(", ", Known.Select(known => known.Name))}");

        string Value(string name)
        {
            var (_, option, fallback, _) = Known.First(known => known.Name == name);
            return options.GetValueOrDefault(option) ?? environment.GetValueOrDefault(name) ?? fromFile.GetValueOrDefault(name) ?? fallback;
        }

        var database =
            DatabaseSetting.Read(
                Value("KOPECK_DATABASE"), Flag("KOPECK_ALLOW_UNSAFE_STORAGE", Value("KOPECK_ALLOW_UNSAFE_STORAGE")),
                Value("KOPECK_READS"), Value("KOPECK_SERVER_NAMES"));
        var keys = Value("KOPECK_KEYS");
        var settings = new ProgramSettings
        {
            Database = database,
            IsDatabaseNamed =
                options.GetValueOrDefault("--database") is not null
                    || environment.ContainsKey("KOPECK_DATABASE")
                    || fromFile.ContainsKey("KOPECK_DATABASE"),
            UnknownVariables = strange,
            Redis = RedisServer(Value("KOPECK_REDIS")),
            Http = Address("KOPECK_HTTP", Value("KOPECK_HTTP")),
            Grpc = Value("KOPECK_GRPC") is "none" ? null : Address("KOPECK_GRPC", Value("KOPECK_GRPC")),
            KeysFolder = Path.GetFullPath(keys.Length > 0 ? keys : database.Folder),
            BaseCurrency =
                Currency.TryFind(Value("KOPECK_BASE_CURRENCY"), out var currency, out var error)
                    ? currency
                    : throw Wrong("KOPECK_BASE_CURRENCY", Value("KOPECK_BASE_CURRENCY"), error.Detail),
            Terms = new BookTerms(Days(Value("KOPECK_QUOTE_MAX_AGE_DAYS")), Zone(Value("KOPECK_TIME_ZONE"))),
            Log =
                Enum.TryParse<LogLevel>(Value("KOPECK_LOG"), ignoreCase: true, out var level)
                    && !Value("KOPECK_LOG").Any(char.IsDigit)
                        ? level
                        : throw Wrong("KOPECK_LOG", Value("KOPECK_LOG"), "use trace, debug, information, warning, error, critical or none"),
            RateLimit = Limit(Value("KOPECK_RATE_LIMIT")),
            Letterheads = Letterhead(Value("KOPECK_LETTERHEAD")),
            AreMetricsPublic = Value("KOPECK_METRICS") switch
            {
                "loopback" => false,
                "anyone" => true,
                var other => throw Wrong("KOPECK_METRICS", other, "use loopback or anyone"),
            },
            Guard = GuardSettings.Read(Value),
            HasConsole = Value("KOPECK_CONSOLE") switch
            {
                "on" => true,
                "off" => false,
                var other => throw Wrong("KOPECK_CONSOLE", other, "use on or off"),
            },
        };
        foreach (var (name, address) in new[]
        {
            ("KOPECK_HTTP", settings.Http), ("KOPECK_GRPC", settings.Grpc), ("KOPECK_ADMIN_HTTP", settings.Guard.AdminHttp),
        })
        {
            if (address?.Scheme == Uri.UriSchemeHttps && settings.Guard.Tls is null)
                throw Wrong(name, address.ToString(), "https needs KOPECK_TLS_CERTIFICATE");
        }

        return settings;
    }

    // Kubernetes sets the last two kinds for a service of this name.
    static bool IsKnown(string name) => Known.Any(known => known.Name == name) || name is "KOPECK_SETTINGS"
        || name.StartsWith("KOPECK_TEST_", StringComparison.Ordinal)
        || name.StartsWith("KOPECK_SERVICE_", StringComparison.Ordinal)
            || name is "KOPECK_PORT"
            || name.StartsWith("KOPECK_PORT_", StringComparison.Ordinal);

    public static bool Flag(string name, string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => throw Wrong(name, text, "use true or false"),
    };

    // What is said of a wrong value never shows it: it may have a password.
    static ConfigurationOptions? RedisServer(string text)
    {
        if (text.Length == 0)
            return null;
        return RedisAddress.TryParse(text, out var redis, out var problem)
            ? redis
            : throw new UsageException(
                $"KOPECK_REDIS: {problem}: use HOST:PORT, such as localhost:6379, or HOST:PORT,password=...,ssl=true");
    }

    public static Uri Address(string name, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.PathAndQuery == "/"
            && (uri.Host == "localhost" || IPAddress.TryParse(uri.Host.Trim('[', ']'), out _))
            ? uri
            : throw Wrong(name, text, "use http://ADDRESS:PORT with an IP address or localhost, such as http://127.0.0.1:5080");

    static int Days(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && days >= FieldTypes.QuoteMaxAgeDays.Minimum
            && days <= FieldTypes.QuoteMaxAgeDays.Maximum
            ? days
            : throw Wrong(
                "KOPECK_QUOTE_MAX_AGE_DAYS", text, $"use {FieldTypes.QuoteMaxAgeDays.Minimum} to {FieldTypes.QuoteMaxAgeDays.Maximum}");

    static ZoneName Zone(string text) =>
        ZoneName.TryParse(text, out var zone, out var error) && (error = DayZone.Check(zone)) is null
            ? zone
            : throw Wrong("KOPECK_TIME_ZONE", text, error!.Detail);

    static int Limit(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit <= MaxRateLimit
            ? limit
            : throw Wrong("KOPECK_RATE_LIMIT", text, $"use 0 for no limit, or requests a second up to {MaxRateLimit}");

    static Letterheads Letterhead(string file)
    {
        if (file.Length == 0)
            return Letterheads.None;
        byte[] content;
        try
        {
            content = File.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Wrong("KOPECK_LETTERHEAD", file, $"the file cannot be read: {exception.Message}");
        }

        return LetterheadFile.TryParse(content, out var letterheads, out var problem)
            ? letterheads
            : throw Wrong("KOPECK_LETTERHEAD", file, problem);
    }

    static Dictionary<string, string> ReadFile(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(
                File.ReadAllBytes(file),
                new JsonDocumentOptions
                {
                    AllowDuplicateProperties = false,
                    CommentHandling = JsonCommentHandling.Skip,
                    AllowTrailingCommas = true
                });
            return json.RootElement.EnumerateObject()
                .ToDictionary(property => property.Name, property => property.Value.ToString(), StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception
            is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new UsageException($"The settings file {file} cannot be read: {exception.Message}");
        }
    }

    public static UsageException Wrong(string name, string value, string advice) => new($"{name} is \"{value}\": {advice}");
}

/// <summary>The program was called in a way that it cannot follow. The message is one line that says what to do.</summary>
sealed class UsageException(string message) : Exception(message);
