using SQLitePCL;

namespace Kopeck.Fields.Tests;

/// <summary>SQLite without the store.</summary>
static class SqliteFile
{
    public static sqlite3 Open(string path)
    {
        Batteries_V2.Init();
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(path, out var database));
        // As the store has it: a table that others reference can be made anew.
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(database, "PRAGMA foreign_keys=OFF"));
        return database;
    }

    /// <summary>Runs statements in one transaction; null, or the error after which nothing of them is there.</summary>
    public static string? Run(sqlite3 database, string sql)
    {
        raw.sqlite3_exec(database, "BEGIN");
        var code = raw.sqlite3_exec(database, sql);
        var error = code == raw.SQLITE_OK ? null : raw.sqlite3_errmsg(database).utf8_to_string();
        raw.sqlite3_exec(database, error is null ? "COMMIT" : "ROLLBACK");
        return error;
    }

    public static List<string> Query(sqlite3 database, string sql)
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_prepare_v2(database, sql, out var rows));
        var found = new List<string>();
        while (raw.sqlite3_step(rows) == raw.SQLITE_ROW)
            found.Add(raw.sqlite3_column_text(rows, 0).utf8_to_string());
        rows.Dispose();
        return found;
    }

    /// <summary>All that makes the tables. SQLite quotes the name of a table that was renamed.</summary>
    public static List<string> Describe(sqlite3 database) =>
        [
            .. Query(database, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
                .Select(sql => sql.Replace("\"", "", StringComparison.Ordinal))];
}
