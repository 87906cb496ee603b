FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
# Node.js is here and what is compiled comes ready made: no install script is needed.
RUN npm install --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/clean.ts scripts/
COPY src src
RUN npm run build
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production \
    MUNIMENT_HOST=0.0.0.0 \
    MUNIMENT_PORT=8080 \
    MUNIMENT_DATA_DIR=/var/lib/muniment
WORKDIR /opt/muniment
COPY package.json LICENSE README.md CHANGELOG.md ./
COPY demo demo
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
RUN ln -s /opt/muniment/dist/cli/muniment.js /usr/local/bin/muniment \
 && chmod 755 dist/cli/muniment.js \
 && install -d -o node -g node -m 700 /var/lib/muniment
USER node
VOLUME /var/lib/muniment
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.MUNIMENT_PORT}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["muniment"]
CMD ["serve"]
