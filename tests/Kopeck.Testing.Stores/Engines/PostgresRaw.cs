using System.Globalization;
using System.Text;
using Npgsql;

namespace Kopeck.Testing.Stores.Engines;

/// <summary>A superuser's connection, without the store.</summary>
sealed class PostgresRaw : RawDatabase
{
    readonly NpgsqlConnection connection;

    public PostgresRaw(string address)
    {
        connection = new NpgsqlConnection(address + ";Pooling=false");
        connection.Open();
    }

    public override IEnumerable<object?[]> Query(string sql, params object?[] values)
    {
        using var command = new NpgsqlCommand(Number(sql), connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        using var rows = command.ExecuteReader();
        while (rows.Read())
            yield return [.. Enumerable.Range(0, rows.FieldCount).Select(column => Plain(rows.GetValue(column)))];
    }

    public override void Dispose() => connection.Dispose();

    // From ? to $1, $2, ...
    static string Number(string sql)
    {
        var parts = sql.Split('?');
        var numbered = new StringBuilder(parts[0]);
        for (var place = 1; place < parts.Length; place++)
            numbered.Append(CultureInfo.InvariantCulture, $"${place}{parts[place]}");
        return numbered.ToString();
    }

    static object? Plain(object value) => value switch
    {
        DBNull => null,
        bool flag => flag ? 1L : 0L,
        short or int => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        _ => value,
    };
}
