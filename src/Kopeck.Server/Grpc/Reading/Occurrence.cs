namespace Kopeck.Server.Grpc.Reading;

/// <summary>Where a message has a field: its bytes, or its number.</summary>
/// <param name="Slot">The field's place in its form.</param>
/// <param name="Number">Of a varint.</param>
readonly record struct Occurrence(int Slot, bool IsSet, long Number, int Start, int Length);
