using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Laws.Tests;

public sealed class SqliteModelTests() : ModelTests(StoreEngine.Sqlite, commands: 200_000);

public sealed class SqliteTwoEngineTests() : TwoEngineTests(StoreEngine.Sqlite, rounds: 1_500);

public sealed class SqliteUnequalNodesTests() : UnequalNodesTests(StoreEngine.Sqlite);

public sealed class SqliteRacingTests() : RacingTests(StoreEngine.Sqlite, submissions: 3_000);
