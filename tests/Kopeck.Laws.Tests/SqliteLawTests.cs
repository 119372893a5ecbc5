using Kopeck.Engine;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Laws.Tests;

public sealed class SqliteModelTests() : ModelTests(StoreEngine.Sqlite, commands: 20_000);

// So little memory that nearly every batch forgets what the one before knew.
public sealed class SqliteForgetfulModelTests()
    : ModelTests(
        StoreEngine.Sqlite, commands: 20_000, new EngineOptions { MaxKnownAccounts = 8, MaxKnownLookups = 8, LookAheadCommands = 8 });

public sealed class SqliteTwoEngineTests() : TwoEngineTests(StoreEngine.Sqlite, rounds: 1_500);

public sealed class SqliteUnequalNodesTests() : UnequalNodesTests(StoreEngine.Sqlite);

public sealed class SqliteRacingTests() : RacingTests(StoreEngine.Sqlite, submissions: 3_000);

public sealed class SqliteHoldLawTests() : HoldLawTests(StoreEngine.Sqlite);
