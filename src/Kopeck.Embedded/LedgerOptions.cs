using Kopeck.Engine;
using Kopeck.Ledger.Rules;
using Kopeck.Statements.Writing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kopeck.Embedded;

/// <summary>How a ledger is opened.</summary>
public sealed record LedgerOptions
{
    /// <summary>The book that is worked with; opened where it is missing.</summary>
    public string Book { get; init; } = "main";

    /// <summary>The currency that quotes are in, for a book that is yet to be opened.</summary>
    public string BaseCurrency { get; init; } = "EUR";

    /// <summary>For how many days a quote may be used, for a book that is yet to be opened.</summary>
    public int QuoteMaxAgeDays { get; init; } = 7;

    /// <summary>Whose days count, such as <c>Europe/Berlin</c>, for a book that is yet to be opened.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Who does what is done: the actor of the journal's operations.</summary>
    public string Actor { get; init; } = "embedded";

    /// <summary>
    /// Whether the database and the book must be there already: then a mistyped path is refused rather than a new ledger made.
    /// </summary>
    public bool MustExist { get; init; }

    /// <summary>Whether a database of an older version is upgraded; otherwise it is refused.</summary>
    public bool Migrate { get; init; }

    /// <summary>The engine's limits.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where salts of personal values come from.</summary>
    public ISaltSource Salts { get; init; } = new RandomSalts();

    /// <summary>What the house puts above its statements.</summary>
    public Letterheads Letterheads { get; init; } = Letterheads.None;

    /// <summary>Where the engine logs to.</summary>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;
}
