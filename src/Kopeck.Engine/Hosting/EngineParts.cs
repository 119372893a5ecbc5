using Kopeck.Engine.Storage;
using Kopeck.Ledger.Rules;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Hosting;

/// <summary>What all books of an engine share.</summary>
sealed record EngineParts(
    ILedgerStore Store, EngineOptions Options, TimeProvider Time, ISaltSource Salts, IDueWork DueWork, DatabaseClock? Clock,
    ILogger Logger);
