using Kopeck.Sqlite.Native;

namespace Kopeck.Sqlite.Writing;

/// <summary>
/// Writes the personal values to fresh pages. <c>secure_delete</c> overwrites what is deleted, but when SQLite splits or joins pages it
/// can leave copies of rows that it moved in a page's unused space, out of reach of a later DELETE. Dropping a table overwrites its pages
/// whole.
/// </summary>
static class PersonalRewrite
{
    const string Table = "personal_values";
    const string Old = "personal_values_before_erasure";

    /// <summary>
    /// Copies what is left after an erasure, in the erasure's own transaction. It takes time in proportion to the customers of the file.
    /// </summary>
    public static void Run(Connection connection)
    {
        var definitions = ReadDefinitions(connection);
        connection.ExecuteScript(
            $"ALTER TABLE {Table} RENAME TO {Old}; {definitions[0]}; INSERT INTO {Table} SELECT * FROM {Old} ORDER BY rowid; DROP TABLE {Old}");
        foreach (var index in definitions.Skip(1))
            connection.ExecuteScript(index);
    }

    // As they stand, so that the schema stays what the migrations made it: the table first.
    static List<string> ReadDefinitions(Connection connection)
    {
        using var rows = connection.Prepare(
            $"SELECT sql FROM sqlite_schema WHERE tbl_name = '{Table}' AND sql IS NOT NULL ORDER BY type = 'table' DESC, name");
        return SqliteStore.ReadAll(rows, row => row.Text(0));
    }
}
