using Npgsql;
using NpgsqlTypes;

namespace Kopeck.Postgres.Writing;

/// <summary>Positional parameters, typed so that nothing is boxed.</summary>
static class Parameters
{
    /// <summary>The same command for another connection.</summary>
    public static NpgsqlBatchCommand Again(this NpgsqlBatchCommand command)
    {
        var copy = new NpgsqlBatchCommand(command.CommandText);
        foreach (NpgsqlParameter parameter in command.Parameters)
            copy.Parameters.Add(parameter.Clone());
        return copy;
    }

    public static NpgsqlBatchCommand Add<T>(this NpgsqlBatchCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    public static NpgsqlBatchCommand Add<T>(this NpgsqlBatchCommand command, T value, NpgsqlDbType type)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        return command;
    }

    public static NpgsqlBatchCommand AddOptional<T>(this NpgsqlBatchCommand command, T? value, NpgsqlDbType type)
        where T : class
    {
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }

    public static NpgsqlBatchCommand AddOptional<T>(this NpgsqlBatchCommand command, T? value, NpgsqlDbType type)
        where T : struct
    {
        command.Parameters.Add(new NpgsqlParameter { Value = value is { } given ? given : DBNull.Value, NpgsqlDbType = type });
        return command;
    }
}
