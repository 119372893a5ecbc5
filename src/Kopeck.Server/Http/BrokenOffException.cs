namespace Kopeck.Server.Http;

/// <summary>The caller went away in the middle of a body: nobody is there to be answered.</summary>
sealed class BrokenOffException(Exception inner) : IOException("The body broke off", inner);
