# Leerkring as one static program in an otherwise empty image. The link of the first
# admin is on its standard output: docker logs NAME.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /out/leerkring ./cmd/leerkring \
 && mkdir -p /out/data /out/tmp

FROM scratch
# To check the certificates of a MongoDB with TLS, a mail server and the sign-in of organisations.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/leerkring /leerkring
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/tmp /tmp
COPY LICENSE /LICENSE
USER 65532:65532
ENV LEERKRING_DATA=/data LEERKRING_ADDR=0.0.0.0:8080 LEERKRING_LOG_FORMAT=json
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["/leerkring"]
CMD ["serve"]
