using Kopeck.Engine;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Laws.Tests;

// Shorter than on SQLite, whose runs test the same engine and rules: KOPECK_TEST_SCALE=5 makes them as long.
public sealed class PostgresModelTests() : ModelTests(StoreEngine.Postgres, commands: 8_000);

// So little memory that nearly every batch forgets what the one before knew.
public sealed class PostgresForgetfulModelTests()
    : ModelTests(
        StoreEngine.Postgres, commands: 20_000, new EngineOptions { MaxKnownAccounts = 8, MaxKnownLookups = 8, LookAheadCommands = 8 });

public sealed class PostgresTwoEngineTests() : TwoEngineTests(StoreEngine.Postgres, rounds: 500);

public sealed class PostgresUnequalNodesTests() : UnequalNodesTests(StoreEngine.Postgres);

public sealed class PostgresRacingTests() : RacingTests(StoreEngine.Postgres, submissions: 2_000);

public sealed class PostgresHoldLawTests() : HoldLawTests(StoreEngine.Postgres);
