using System.IO.Compression;
using System.Security.Cryptography;

namespace Kopeck.Server.Http;

/// <summary>
/// The web console: a few files that are part of this assembly, under <c>/console/</c>. They need no key and hold no secret; the console
/// asks for a key and calls the API with it like any other client.
/// </summary>
sealed class ConsoleFiles
{
    const string Root = "/console/";
    const string Prefix = "console/";
    const string First = "index.html";

    // Nothing inline, nothing from elsewhere, nothing sent elsewhere; texts never become markup but by the console's own templates.
    const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

    readonly Dictionary<string, Lazy<StoredFile>> files = typeof(ConsoleFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(name => name[Prefix.Length..], name => new Lazy<StoredFile>(() => StoredFile.Read(name)), StringComparer.Ordinal);

    /// <summary>Answers a path of the console; false when it is none.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
            return false;
        if (path == Root[..^1])
        {
            http.Response.Redirect(Root[1..]);
            return true;
        }

        if (!path.StartsWith(Root, StringComparison.Ordinal)
            || !files.TryGetValue(path.Length == Root.Length ? First : path[Root.Length..], out var file))
            return false;
        await WriteAsync(http, file.Value);
        return true;
    }

    static async Task WriteAsync(HttpContext http, StoredFile file)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-cache";
        headers.ETag = file.Tag;
        headers.Vary = "Accept-Encoding";
        if (http.Request.Headers.IfNoneMatch.Contains(file.Tag, StringComparer.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var isZipped = http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (isZipped)
            headers.ContentEncoding = "gzip";
        var bytes = isZipped ? file.Zipped : file.Bytes;
        http.Response.ContentType = file.MediaType;
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    sealed record StoredFile(byte[] Bytes, byte[] Zipped, string MediaType, string Tag)
    {
        public static StoredFile Read(string resource)
        {
            using var stream = typeof(ConsoleFiles).Assembly.GetManifestResourceStream(resource)!;
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            var bytes = copy.ToArray();
            using var zipped = new MemoryStream();
            using (var zip = new GZipStream(zipped, CompressionLevel.SmallestSize))
                zip.Write(bytes);
            return new StoredFile(bytes, zipped.ToArray(), MediaTypeOf(resource), $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");
        }

        static string MediaTypeOf(string name) => Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/plain; charset=utf-8",
        };
    }
}
