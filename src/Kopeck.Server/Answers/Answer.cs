using System.Text.Json;
using Kopeck.Ledger.Errors;

namespace Kopeck.Server.Answers;

/// <summary>What a call answers.</summary>
public sealed record Answer
{
    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The body.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The body's media type.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>Whether an earlier request with the same key did it.</summary>
    public bool IsReplay { get; init; }

    /// <summary>The error, where it is one.</summary>
    public ErrorCode? Error { get; init; }

    /// <summary>JSON.</summary>
    public static Answer Json(int status, Action<Utf8JsonWriter> write, bool isReplay = false) =>
        new() { Status = status, Body = JsonText.Write(write), IsReplay = isReplay };

    /// <summary>A problem.</summary>
    public static Answer Reject(Rejection rejection) => new()
    {
        Status = rejection.Code.Status(),
        Body = JsonText.Write(json => Problem.Write(json, rejection)),
        MediaType = Problem.MediaType,
        Error = rejection.Code,
    };

    /// <summary>A problem.</summary>
    public static Answer Reject(ErrorCode code, string detail) => Reject(new Rejection(code, detail));
}
