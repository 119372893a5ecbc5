using Kopeck.Ledger.Errors;

namespace Kopeck.Server.Answers;

/// <summary>What a call answers: content, or why there is none.</summary>
public sealed record Answer
{
    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is answered; null for a rejection.</summary>
    public Content? Content { get; init; }

    /// <summary>Whether an earlier request with the same key did it.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Why it was refused.</summary>
    public Rejection? Rejection { get; init; }

    /// <summary>The HTTP body's media type.</summary>
    public string MediaType => Rejection is null ? "application/json" : Problem.MediaType;

    /// <summary>The HTTP body: written when it is asked for.</summary>
    public ReadOnlyMemory<byte> WriteBody() => JsonText.Write(json =>
    {
        if (Rejection is { } rejection)
            Problem.Write(json, rejection);
        else
            Content!.WriteJson(json);
    });

    /// <summary>An answer with content.</summary>
    public static Answer Of(int status, Content content, bool isReplay = false) => new() { Status = status, Content = content, IsReplay = isReplay };

    /// <summary>A refusal.</summary>
    public static Answer Reject(Rejection rejection) => new() { Status = rejection.Code.Status(), Rejection = rejection };

    /// <summary>A refusal.</summary>
    public static Answer Reject(ErrorCode code, string detail) => Reject(new Rejection(code, detail));
}
