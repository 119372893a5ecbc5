using System.CommandLine;
using Kopeck.Cli.Bench;
using Kopeck.Cli.Commands;
using Kopeck.Cli.Settings;
using Kopeck.Server.OpenApi;

namespace Kopeck.Cli;

/// <summary>The commands, their arguments and their help.</summary>
static class CommandTree
{
    static readonly Option<string?> SettingsFile = new("--settings")
    {
        Description = "A JSON file with the settings' names, such as {\"KOPECK_HTTP\": \"http://127.0.0.1:8080\"} [KOPECK_SETTINGS]",
        Recursive = true
    };
    static readonly Option<bool> Json = new("--json") { Description = "Answer as JSON" };
    static readonly Option<string> Book = new("--book") { Description = "The book", DefaultValueFactory = _ => "main" };
    static readonly Option<bool> Operator = new("--operator") { Description = "The operator's keys, which manage books" };
    static readonly Option<string?> Key = new("--key") { Description = "An idempotency key: with the same key the same is done once" };
    static readonly Option<bool> OfDemo = new("--demo") { Description = "Serve a demo book, made where there is none: in demo.db unless a database is named" };
    static readonly Option<bool> Force = new("--force") { Description = "Overwrite a file that exists" };
    static readonly List<(string Name, Option<string?> Option)> SettingOptions =
    [
        .. ProgramSettings.Known.Select(
            known =>
                (
                    known.Option,
                    new Option<string?>(known.Option)
                    {
                        Description = $"{known.Description} [{known.Name}, {(known.Default.Length > 0 ? known.Default : "none")}]",
                        Recursive = true
                    }))
    ];

    public static RootCommand Build()
    {
        var root = new RootCommand("Kopeck, a multi-currency wallet ledger. Start with: kopeck serve");
        root.Options.Add(SettingsFile);
        foreach (var (_, option) in SettingOptions)
            root.Options.Add(option);
        root.Subcommands.Add(
            Command(
                "serve", "Serves HTTP and gRPC until it is told to stop. Example: kopeck serve --http http://127.0.0.1:8080",
                (settings, result) => ServeCommand.RunAsync(settings, result.GetValue(OfDemo)), OfDemo));
        root.Subcommands.Add(Command(
            "health", "Asks the server at KOPECK_HTTP whether it is ready: exit code 0 when it is. For images and scripts without curl",
            (settings, _) => HealthCommand.RunAsync(settings)));
        root.Subcommands.Add(Database());
        root.Subcommands.Add(Keys());
        root.Subcommands.Add(Quotes());
        root.Subcommands.Add(Submit());
        root.Subcommands.Add(Clock());
        foreach (var command in VerificationTree.Build(Book, Json))
            root.Subcommands.Add(command);
        foreach (var command in StatementTree.Build(Book, Force))
            root.Subcommands.Add(command);
        root.Subcommands.Add(BenchTree.Build(Book, Json));
        root.Subcommands.Add(Demo());
        root.Subcommands.Add(OpenApi());
        return root;
    }

    /// <summary>A command that works with the settings.</summary>
    public static Command Command(
        string name, string description, Func<ProgramSettings, ParseResult, Task<int>> run, params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        }

        command.SetAction((result, _) => run(ReadSettings(result), result));
        return command;
    }

    static ProgramSettings ReadSettings(ParseResult result)
    {
        var variables = Program.Variables();
        var options = SettingOptions.ToDictionary(pair => pair.Name, pair => result.GetValue(pair.Option), StringComparer.Ordinal);
        return ProgramSettings.Read(
            options, variables, result.GetValue(SettingsFile) ?? variables.GetValueOrDefault("KOPECK_SETTINGS"),
            warning => Console.Error.WriteLine($"kopeck: {warning}"));
    }

    static Command Database()
    {
        var yes = new Option<bool>("--yes") { Description = "Do not ask" };
        var distributed = new Option<bool>("--distributed") { Description = "Spreads it over the servers of PostgreSQL with Citus" };
        var target = new Argument<string>("FILE") { Description = "The file to write" };
        var source = new Argument<string>("FILE") { Description = "The backup to restore" };
        return new Command("db", "The database: make, look at, upgrade, copy, restore, drop")
        {
            Command(
                "create", "Makes the database and its tables; one that is there stays as it is",
                (settings, result) => DatabaseCommands.Create(settings, result.GetValue(distributed)), distributed),
            Command(
                "distribute", "Spreads the books over the servers of PostgreSQL with Citus, each whole on one; stop the servers first",
                (settings, _) => DatabaseCommands.Distribute(settings)),
            Command(
                "info", "Shows version, size and books", (settings, result) => DatabaseCommands.Info(settings, result.GetValue(Json)),
                Json),
            Command("migrate", "Brings the tables to this program's version", (settings, _) => DatabaseCommands.Migrate(settings)),
            Command(
                "backup", "Copies the database, also while it is served. Example: kopeck db backup kopeck-2026-11-23.db",
                (settings, result) => DatabaseCommands.Backup(settings, result.GetRequiredValue(target), result.GetValue(Force)), target,
                Force),
            Command(
                "restore", "Puts a backup in the database's place; stop the servers first",
                (settings, result) => DatabaseCommands.Restore(settings, result.GetRequiredValue(source), result.GetValue(Force)), source,
                Force),
            Command(
                "drop", "Deletes the database for ever", (settings, result) => DatabaseCommands.Drop(settings, result.GetValue(yes)), yes),
        };
    }

    static Command Keys()
    {
        var name = new Argument<string>("NAME") { Description = "The key's name: the actor of what it does" };
        var scopes = new Option<string[]>("--scopes") { Description = "read, transfer, cash, quotes, admin; separated by commas", AllowMultipleArgumentsPerToken = true };
        var expires = new Option<string?>("--expires") { Description = "From when on it is not valid, such as 2027-01-31; none: never" };
        var networks = new Option<string?>("--networks") { Description = "Where it may be used from, such as 10.0.0.0/8,192.0.2.7; none: anywhere" };
        var perSecond = new Option<string?>("--per-second") { Description = "How often it may ask a second; none: as the server lets keys" };
        var overlap = new Option<int>("--overlap-hours") { Description = "For how long the secret before is valid", DefaultValueFactory = _ => 24 };
        var issuer = new Argument<string>("ISSUER") { Description = "The identity provider, as in its tokens' iss" };
        var subject = new Argument<string>("SUBJECT") { Description = "Whose token, as in its sub" };
        KeyTermsArguments Terms(ParseResult result) =>
            new(result.GetValue(expires), result.GetValue(networks), result.GetValue(perSecond));
        return new Command("keys", "API keys")
        {
            Command(
                "create", "Makes a key and prints it, this once. Example: kopeck keys create shop --scopes read,transfer",
                (settings, result) =>
                    KeyCommands.CreateAsync(
                        settings, result.GetRequiredValue(name), result.GetValue(scopes) ?? [], result.GetRequiredValue(Book),
                        result.GetValue(Operator), Terms(result)),
                name, scopes, expires, networks, perSecond, Book, Operator),
            Command(
                "change", "Changes until when, where from and how often a key may be used. Example: kopeck keys change shop --per-second 50",
                (settings, result) =>
                    KeyCommands.ChangeAsync(
                        settings, result.GetRequiredValue(name), result.GetRequiredValue(Book), result.GetValue(Operator), Terms(result)),
                name, expires, networks, perSecond, Book, Operator),
            Command(
                "rotate", "Gives a key a new secret and prints it, this once; the one before stays valid for a while",
                (settings, result) =>
                    KeyCommands.RotateAsync(
                        settings, result.GetRequiredValue(name), result.GetRequiredValue(Book), result.GetValue(Operator),
                        result.GetValue(overlap)),
                name, overlap, Book, Operator),
            Command(
                "list", "Lists keys, without their secrets",
                (settings, result) =>
                    KeyCommands.ListAsync(settings, result.GetRequiredValue(Book), result.GetValue(Operator), result.GetValue(Json)),
                Book, Operator, Json),
            Command(
                "revoke", "Revokes a key",
                (settings, result) =>
                    KeyCommands.RevokeAsync(
                        settings, result.GetRequiredValue(name), result.GetRequiredValue(Book), result.GetValue(Operator)),
                name, Book, Operator),
            Command(
                "actor", "Tells the actor that a token's subject is in a book. Example: kopeck keys actor https://login.example alice",
                (settings, result) =>
                    KeyCommands.TellActorAsync(
                        settings, result.GetRequiredValue(issuer), result.GetRequiredValue(subject), result.GetRequiredValue(Book)),
                issuer, subject, Book),
        };
    }

    static Command Quotes()
    {
        var file = new Argument<string>("FILE") { Description = "A feed of the ECB, the Bank of Russia, Frankfurter or openexchangerates; - is standard input" };
        return new Command("quotes", "Quotes")
        {
            Command(
                "import", "Loads a feed, each date whole or not at all. Example: kopeck quotes import eurofxref-daily.xml",
                (settings, result) =>
                    SubmitCommands.ImportQuotesAsync(
                        settings, result.GetRequiredValue(file), result.GetRequiredValue(Book), result.GetValue(Key)),
                file, Book, Key),
        };
    }

    static Command Submit()
    {
        var file = new Argument<string>("FILE") { Description = "The body of POST /v1/batches; - is standard input" };
        var key = new Option<string>("--key") { Description = "The batch's idempotency key", Required = true };
        return Command(
            "submit", "Does a batch of operations without a server. Example: kopeck submit payouts.json --key payouts-2026-11-23",
            (settings, result) =>
                SubmitCommands.SubmitAsync(
                    settings, result.GetRequiredValue(file), result.GetRequiredValue(Book), result.GetRequiredValue(key)),
            file, Book, key);
    }

    static Command Clock()
    {
        var standAt = new Option<string?>("--stand-at")
        {
            Description = "The instant of the last operation, as headAt is shown: time stands still at it until clocks catch up"
        };
        return Command(
            "clock", "Shows how far a book's last operation is ahead of this machine's clock, and lets the book go on all the same",
            (settings, result) =>
                ClockCommand.RunAsync(settings, result.GetRequiredValue(Book), result.GetValue(standAt), result.GetValue(Json)),
            standAt, Book, Json);
    }

    static Command Demo()
    {
        var seed = new Option<int>("--seed") { Description = "Another seed makes another history", DefaultValueFactory = _ => 1 };
        return Command(
            "demo",
            "Fills a new book with a believable history: 100 customers, 6 currencies, 90 days, 20,000 operations. Example: kopeck demo --database sqlite:demo.db",
            (settings, result) => DemoCommand.RunAsync(settings, result.GetRequiredValue(Book), result.GetValue(seed)), Book, seed);
    }

    static Command OpenApi()
    {
        var command = new Command("openapi", "Prints the OpenAPI document");
        command.SetAction(_ => Console.Out.Write(OpenApiDocument.Write()));
        return command;
    }
}
