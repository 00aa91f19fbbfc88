// Generated from api/openapi.yaml by `npm run generate`; do not edit.

// runtime.js
function ucs2length(text) {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    if ((text.charCodeAt(i) & 64512) === 55296 && (text.charCodeAt(i + 1) & 64512) === 56320) {
      length--;
      i++;
    }
  }
  return length;
}

// memory:virtual:quick
var TaskPage = validate20;
var schema31 = { "type": "object", "additionalProperties": false, "required": ["items", "nextCursor", "searchedTo", "indexed"], "properties": { "items": { "type": "array", "maxItems": 100, "items": { "$ref": "Task" } }, "nextCursor": { "type": ["string", "null"], "description": "Opaque. Null on the last page." }, "searchedTo": { "description": "How far back a search has come; null on indexed lists, and when nothing is left to look at.", "anyOf": [{ "$ref": "Timestamp" }, { "type": "null" }] }, "indexed": { "type": "boolean", "description": "Whether an index answers this list." } } };
var schema36 = { "type": "string", "enum": ["scheduled", "queued", "retrying", "running", "succeeded", "dead", "cancelled"], "description": "Scheduled, queued and retrying tasks are ready; succeeded, dead and cancelled are final." };
var schema46 = { "type": "object", "additionalProperties": false, "required": ["percent", "message"], "properties": { "percent": { "type": "number", "minimum": 0, "maximum": 100 }, "message": { "type": ["string", "null"] } } };
var pattern4 = new RegExp("^[A-Za-z0-9_-]{1,64}$", "u");
var pattern5 = new RegExp("^[a-z][a-z0-9-]{0,63}$", "u");
var pattern6 = new RegExp("^[a-z0-9][a-z0-9:_.-]{0,63}$", "u");
var formats0 = /^(?:\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
var schema44 = { "type": "string", "x-grows": true, "enum": ["scheduled", "backoff", "crash-backoff", "unknown-type", "breaker", "rate", "pause", "order"] };
function validate23(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate23.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.reason === void 0 && (missing0 = "reason") || data.until === void 0 && (missing0 = "until")) {
        validate23.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "reason" || key0 === "until")) {
            validate23.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.reason !== void 0) {
            let data0 = data.reason;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate23.errors = [{ instancePath: instancePath + "/reason", schemaPath: "WaitingReason/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if (!(data0 === "scheduled" || data0 === "backoff" || data0 === "crash-backoff" || data0 === "unknown-type" || data0 === "breaker" || data0 === "rate" || data0 === "pause" || data0 === "order")) {
              validate23.errors = [{ instancePath: instancePath + "/reason", schemaPath: "WaitingReason/enum", keyword: "enum", params: { allowedValues: schema44.enum }, message: "must be equal to one of the allowed values" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.until !== void 0) {
              let data1 = data.until;
              const _errs5 = errors;
              const _errs6 = errors;
              if (errors === _errs6) {
                if (errors === _errs6) {
                  if (typeof data1 === "string") {
                    if (!formats0.test(data1)) {
                      validate23.errors = [{ instancePath: instancePath + "/until", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                      return false;
                    }
                  } else {
                    validate23.errors = [{ instancePath: instancePath + "/until", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                }
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate23.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate23.errors = vErrors;
  return errors === 0;
}
validate23.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var schema48 = { "type": "string", "enum": ["VALIDATION", "NETWORK", "RATE_LIMIT", "SYSTEM", "TIMEOUT", "CRASH", "EXPIRED", "UNKNOWN"], "description": "VALIDATION is never retried." };
function validate25(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate25.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.class === void 0 && (missing0 = "class") || data.code === void 0 && (missing0 = "code") || data.message === void 0 && (missing0 = "message") || data.at === void 0 && (missing0 = "at")) {
        validate25.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "class" || key0 === "code" || key0 === "message" || key0 === "at")) {
            validate25.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.class !== void 0) {
            let data0 = data.class;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate25.errors = [{ instancePath: instancePath + "/class", schemaPath: "FailureClass/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if (!(data0 === "VALIDATION" || data0 === "NETWORK" || data0 === "RATE_LIMIT" || data0 === "SYSTEM" || data0 === "TIMEOUT" || data0 === "CRASH" || data0 === "EXPIRED" || data0 === "UNKNOWN")) {
              validate25.errors = [{ instancePath: instancePath + "/class", schemaPath: "FailureClass/enum", keyword: "enum", params: { allowedValues: schema48.enum }, message: "must be equal to one of the allowed values" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.code !== void 0) {
              const _errs5 = errors;
              if (typeof data.code !== "string") {
                validate25.errors = [{ instancePath: instancePath + "/code", schemaPath: "#/properties/code/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.message !== void 0) {
                const _errs7 = errors;
                if (typeof data.message !== "string") {
                  validate25.errors = [{ instancePath: instancePath + "/message", schemaPath: "#/properties/message/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                var valid0 = _errs7 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.at !== void 0) {
                  let data3 = data.at;
                  const _errs9 = errors;
                  const _errs10 = errors;
                  if (errors === _errs10) {
                    if (errors === _errs10) {
                      if (typeof data3 === "string") {
                        if (!formats0.test(data3)) {
                          validate25.errors = [{ instancePath: instancePath + "/at", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                          return false;
                        }
                      } else {
                        validate25.errors = [{ instancePath: instancePath + "/at", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                        return false;
                      }
                    }
                  }
                  var valid0 = _errs9 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate25.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate25.errors = vErrors;
  return errors === 0;
}
validate25.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate22(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate22.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.taskId === void 0 && (missing0 = "taskId") || data.type === void 0 && (missing0 = "type") || data.status === void 0 && (missing0 = "status") || data.version === void 0 && (missing0 = "version") || data.attempt === void 0 && (missing0 = "attempt") || data.maxAttempts === void 0 && (missing0 = "maxAttempts") || data.attemptsTotal === void 0 && (missing0 = "attemptsTotal") || data.createdAt === void 0 && (missing0 = "createdAt") || data.updatedAt === void 0 && (missing0 = "updatedAt") || data.expiresAt === void 0 && (missing0 = "expiresAt") || data.waiting === void 0 && (missing0 = "waiting") || data.cancelRequested === void 0 && (missing0 = "cancelRequested") || data.progress === void 0 && (missing0 = "progress") || data.lastFailure === void 0 && (missing0 = "lastFailure") || data.tags === void 0 && (missing0 = "tags") || data.payloadEdited === void 0 && (missing0 = "payloadEdited") || data.discarded === void 0 && (missing0 = "discarded")) {
        validate22.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        if (data.taskId !== void 0) {
          let data0 = data.taskId;
          const _errs1 = errors;
          const _errs2 = errors;
          if (errors === _errs2) {
            if (typeof data0 === "string") {
              if (!pattern4.test(data0)) {
                validate22.errors = [{ instancePath: instancePath + "/taskId", schemaPath: "TaskId/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_-]{1,64}$" }, message: 'must match pattern "^[A-Za-z0-9_-]{1,64}$"' }];
                return false;
              }
            } else {
              validate22.errors = [{ instancePath: instancePath + "/taskId", schemaPath: "TaskId/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.type !== void 0) {
            let data1 = data.type;
            const _errs4 = errors;
            const _errs5 = errors;
            if (errors === _errs5) {
              if (typeof data1 === "string") {
                if (!pattern5.test(data1)) {
                  validate22.errors = [{ instancePath: instancePath + "/type", schemaPath: "TypeName/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9-]{0,63}$" }, message: 'must match pattern "^[a-z][a-z0-9-]{0,63}$"' }];
                  return false;
                }
              } else {
                validate22.errors = [{ instancePath: instancePath + "/type", schemaPath: "TypeName/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
            }
            var valid0 = _errs4 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.status !== void 0) {
              let data2 = data.status;
              const _errs7 = errors;
              if (typeof data2 !== "string") {
                validate22.errors = [{ instancePath: instancePath + "/status", schemaPath: "TaskStatus/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              if (!(data2 === "scheduled" || data2 === "queued" || data2 === "retrying" || data2 === "running" || data2 === "succeeded" || data2 === "dead" || data2 === "cancelled")) {
                validate22.errors = [{ instancePath: instancePath + "/status", schemaPath: "TaskStatus/enum", keyword: "enum", params: { allowedValues: schema36.enum }, message: "must be equal to one of the allowed values" }];
                return false;
              }
              var valid0 = _errs7 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.version !== void 0) {
                let data3 = data.version;
                const _errs10 = errors;
                if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3))) {
                  validate22.errors = [{ instancePath: instancePath + "/version", schemaPath: "#/properties/version/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs10) {
                  if (typeof data3 == "number" && isFinite(data3)) {
                    if (data3 < 1 || isNaN(data3)) {
                      validate22.errors = [{ instancePath: instancePath + "/version", schemaPath: "#/properties/version/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs10 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.attempt !== void 0) {
                  let data4 = data.attempt;
                  const _errs12 = errors;
                  if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
                    validate22.errors = [{ instancePath: instancePath + "/attempt", schemaPath: "#/properties/attempt/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                    return false;
                  }
                  if (errors === _errs12) {
                    if (typeof data4 == "number" && isFinite(data4)) {
                      if (data4 < 0 || isNaN(data4)) {
                        validate22.errors = [{ instancePath: instancePath + "/attempt", schemaPath: "#/properties/attempt/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                        return false;
                      }
                    }
                  }
                  var valid0 = _errs12 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.maxAttempts !== void 0) {
                    let data5 = data.maxAttempts;
                    const _errs14 = errors;
                    if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
                      validate22.errors = [{ instancePath: instancePath + "/maxAttempts", schemaPath: "#/properties/maxAttempts/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                      return false;
                    }
                    if (errors === _errs14) {
                      if (typeof data5 == "number" && isFinite(data5)) {
                        if (data5 < 1 || isNaN(data5)) {
                          validate22.errors = [{ instancePath: instancePath + "/maxAttempts", schemaPath: "#/properties/maxAttempts/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                          return false;
                        }
                      }
                    }
                    var valid0 = _errs14 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.attemptsTotal !== void 0) {
                      let data6 = data.attemptsTotal;
                      const _errs16 = errors;
                      if (!(typeof data6 == "number" && (!(data6 % 1) && !isNaN(data6)) && isFinite(data6))) {
                        validate22.errors = [{ instancePath: instancePath + "/attemptsTotal", schemaPath: "#/properties/attemptsTotal/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                        return false;
                      }
                      if (errors === _errs16) {
                        if (typeof data6 == "number" && isFinite(data6)) {
                          if (data6 < 0 || isNaN(data6)) {
                            validate22.errors = [{ instancePath: instancePath + "/attemptsTotal", schemaPath: "#/properties/attemptsTotal/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                            return false;
                          }
                        }
                      }
                      var valid0 = _errs16 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.createdAt !== void 0) {
                        let data7 = data.createdAt;
                        const _errs18 = errors;
                        const _errs19 = errors;
                        if (errors === _errs19) {
                          if (errors === _errs19) {
                            if (typeof data7 === "string") {
                              if (!formats0.test(data7)) {
                                validate22.errors = [{ instancePath: instancePath + "/createdAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                                return false;
                              }
                            } else {
                              validate22.errors = [{ instancePath: instancePath + "/createdAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                              return false;
                            }
                          }
                        }
                        var valid0 = _errs18 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.updatedAt !== void 0) {
                          let data8 = data.updatedAt;
                          const _errs21 = errors;
                          const _errs22 = errors;
                          if (errors === _errs22) {
                            if (errors === _errs22) {
                              if (typeof data8 === "string") {
                                if (!formats0.test(data8)) {
                                  validate22.errors = [{ instancePath: instancePath + "/updatedAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                                  return false;
                                }
                              } else {
                                validate22.errors = [{ instancePath: instancePath + "/updatedAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                return false;
                              }
                            }
                          }
                          var valid0 = _errs21 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.runAt !== void 0) {
                            let data9 = data.runAt;
                            const _errs24 = errors;
                            const _errs25 = errors;
                            if (errors === _errs25) {
                              if (errors === _errs25) {
                                if (typeof data9 === "string") {
                                  if (!formats0.test(data9)) {
                                    validate22.errors = [{ instancePath: instancePath + "/runAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                                    return false;
                                  }
                                } else {
                                  validate22.errors = [{ instancePath: instancePath + "/runAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                  return false;
                                }
                              }
                            }
                            var valid0 = _errs24 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.notBefore !== void 0) {
                              let data10 = data.notBefore;
                              const _errs27 = errors;
                              const _errs28 = errors;
                              if (errors === _errs28) {
                                if (errors === _errs28) {
                                  if (typeof data10 === "string") {
                                    if (!formats0.test(data10)) {
                                      validate22.errors = [{ instancePath: instancePath + "/notBefore", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                                      return false;
                                    }
                                  } else {
                                    validate22.errors = [{ instancePath: instancePath + "/notBefore", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                    return false;
                                  }
                                }
                              }
                              var valid0 = _errs27 === errors;
                            } else {
                              var valid0 = true;
                            }
                            if (valid0) {
                              if (data.finishedAt !== void 0) {
                                let data11 = data.finishedAt;
                                const _errs30 = errors;
                                const _errs31 = errors;
                                if (errors === _errs31) {
                                  if (errors === _errs31) {
                                    if (typeof data11 === "string") {
                                      if (!formats0.test(data11)) {
                                        validate22.errors = [{ instancePath: instancePath + "/finishedAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                                        return false;
                                      }
                                    } else {
                                      validate22.errors = [{ instancePath: instancePath + "/finishedAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                      return false;
                                    }
                                  }
                                }
                                var valid0 = _errs30 === errors;
                              } else {
                                var valid0 = true;
                              }
                              if (valid0) {
                                if (data.expiresAt !== void 0) {
                                  let data12 = data.expiresAt;
                                  const _errs33 = errors;
                                  const _errs34 = errors;
                                  if (errors === _errs34) {
                                    if (errors === _errs34) {
                                      if (typeof data12 === "string") {
                                        if (!formats0.test(data12)) {
                                          validate22.errors = [{ instancePath: instancePath + "/expiresAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                                          return false;
                                        }
                                      } else {
                                        validate22.errors = [{ instancePath: instancePath + "/expiresAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                        return false;
                                      }
                                    }
                                  }
                                  var valid0 = _errs33 === errors;
                                } else {
                                  var valid0 = true;
                                }
                                if (valid0) {
                                  if (data.waiting !== void 0) {
                                    let data13 = data.waiting;
                                    const _errs36 = errors;
                                    const _errs37 = errors;
                                    let valid10 = false;
                                    const _errs38 = errors;
                                    if (!validate23(data13, { instancePath: instancePath + "/waiting", parentData: data, parentDataProperty: "waiting", rootData, dynamicAnchors })) {
                                      vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
                                      errors = vErrors.length;
                                    }
                                    var _valid0 = _errs38 === errors;
                                    valid10 = valid10 || _valid0;
                                    const _errs39 = errors;
                                    if (data13 !== null) {
                                      const err0 = { instancePath: instancePath + "/waiting", schemaPath: "#/properties/waiting/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                                      if (vErrors === null) {
                                        vErrors = [err0];
                                      } else {
                                        vErrors.push(err0);
                                      }
                                      errors++;
                                    }
                                    var _valid0 = _errs39 === errors;
                                    valid10 = valid10 || _valid0;
                                    if (!valid10) {
                                      const err1 = { instancePath: instancePath + "/waiting", schemaPath: "#/properties/waiting/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                                      if (vErrors === null) {
                                        vErrors = [err1];
                                      } else {
                                        vErrors.push(err1);
                                      }
                                      errors++;
                                      validate22.errors = vErrors;
                                      return false;
                                    } else {
                                      errors = _errs37;
                                      if (vErrors !== null) {
                                        if (_errs37) {
                                          vErrors.length = _errs37;
                                        } else {
                                          vErrors = null;
                                        }
                                      }
                                    }
                                    var valid0 = _errs36 === errors;
                                  } else {
                                    var valid0 = true;
                                  }
                                  if (valid0) {
                                    if (data.cancelRequested !== void 0) {
                                      const _errs41 = errors;
                                      if (typeof data.cancelRequested !== "boolean") {
                                        validate22.errors = [{ instancePath: instancePath + "/cancelRequested", schemaPath: "#/properties/cancelRequested/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
                                        return false;
                                      }
                                      var valid0 = _errs41 === errors;
                                    } else {
                                      var valid0 = true;
                                    }
                                    if (valid0) {
                                      if (data.progress !== void 0) {
                                        let data15 = data.progress;
                                        const _errs43 = errors;
                                        const _errs44 = errors;
                                        let valid11 = false;
                                        const _errs45 = errors;
                                        const _errs46 = errors;
                                        if (errors === _errs46) {
                                          if (data15 && typeof data15 == "object" && !Array.isArray(data15)) {
                                            let missing1;
                                            if (data15.percent === void 0 && (missing1 = "percent") || data15.message === void 0 && (missing1 = "message")) {
                                              const err2 = { instancePath: instancePath + "/progress", schemaPath: "Progress/required", keyword: "required", params: { missingProperty: missing1 }, message: "must have required property '" + missing1 + "'" };
                                              if (vErrors === null) {
                                                vErrors = [err2];
                                              } else {
                                                vErrors.push(err2);
                                              }
                                              errors++;
                                            } else {
                                              const _errs48 = errors;
                                              for (const key0 in data15) {
                                                if (!(key0 === "percent" || key0 === "message")) {
                                                  const err3 = { instancePath: instancePath + "/progress", schemaPath: "Progress/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
                                                  if (vErrors === null) {
                                                    vErrors = [err3];
                                                  } else {
                                                    vErrors.push(err3);
                                                  }
                                                  errors++;
                                                  break;
                                                }
                                              }
                                              if (_errs48 === errors) {
                                                if (data15.percent !== void 0) {
                                                  let data16 = data15.percent;
                                                  const _errs49 = errors;
                                                  if (errors === _errs49) {
                                                    if (typeof data16 == "number" && isFinite(data16)) {
                                                      if (data16 > 100 || isNaN(data16)) {
                                                        const err4 = { instancePath: instancePath + "/progress/percent", schemaPath: "Progress/properties/percent/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 }, message: "must be <= 100" };
                                                        if (vErrors === null) {
                                                          vErrors = [err4];
                                                        } else {
                                                          vErrors.push(err4);
                                                        }
                                                        errors++;
                                                      } else {
                                                        if (data16 < 0 || isNaN(data16)) {
                                                          const err5 = { instancePath: instancePath + "/progress/percent", schemaPath: "Progress/properties/percent/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                                          if (vErrors === null) {
                                                            vErrors = [err5];
                                                          } else {
                                                            vErrors.push(err5);
                                                          }
                                                          errors++;
                                                        }
                                                      }
                                                    } else {
                                                      const err6 = { instancePath: instancePath + "/progress/percent", schemaPath: "Progress/properties/percent/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                                      if (vErrors === null) {
                                                        vErrors = [err6];
                                                      } else {
                                                        vErrors.push(err6);
                                                      }
                                                      errors++;
                                                    }
                                                  }
                                                  var valid13 = _errs49 === errors;
                                                } else {
                                                  var valid13 = true;
                                                }
                                                if (valid13) {
                                                  if (data15.message !== void 0) {
                                                    let data17 = data15.message;
                                                    const _errs51 = errors;
                                                    if (typeof data17 !== "string" && data17 !== null) {
                                                      const err7 = { instancePath: instancePath + "/progress/message", schemaPath: "Progress/properties/message/type", keyword: "type", params: { type: schema46.properties.message.type }, message: "must be string,null" };
                                                      if (vErrors === null) {
                                                        vErrors = [err7];
                                                      } else {
                                                        vErrors.push(err7);
                                                      }
                                                      errors++;
                                                    }
                                                    var valid13 = _errs51 === errors;
                                                  } else {
                                                    var valid13 = true;
                                                  }
                                                }
                                              }
                                            }
                                          } else {
                                            const err8 = { instancePath: instancePath + "/progress", schemaPath: "Progress/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                                            if (vErrors === null) {
                                              vErrors = [err8];
                                            } else {
                                              vErrors.push(err8);
                                            }
                                            errors++;
                                          }
                                        }
                                        var _valid1 = _errs45 === errors;
                                        valid11 = valid11 || _valid1;
                                        const _errs53 = errors;
                                        if (data15 !== null) {
                                          const err9 = { instancePath: instancePath + "/progress", schemaPath: "#/properties/progress/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                                          if (vErrors === null) {
                                            vErrors = [err9];
                                          } else {
                                            vErrors.push(err9);
                                          }
                                          errors++;
                                        }
                                        var _valid1 = _errs53 === errors;
                                        valid11 = valid11 || _valid1;
                                        if (!valid11) {
                                          const err10 = { instancePath: instancePath + "/progress", schemaPath: "#/properties/progress/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                                          if (vErrors === null) {
                                            vErrors = [err10];
                                          } else {
                                            vErrors.push(err10);
                                          }
                                          errors++;
                                          validate22.errors = vErrors;
                                          return false;
                                        } else {
                                          errors = _errs44;
                                          if (vErrors !== null) {
                                            if (_errs44) {
                                              vErrors.length = _errs44;
                                            } else {
                                              vErrors = null;
                                            }
                                          }
                                        }
                                        var valid0 = _errs43 === errors;
                                      } else {
                                        var valid0 = true;
                                      }
                                      if (valid0) {
                                        if (data.lastFailure !== void 0) {
                                          let data18 = data.lastFailure;
                                          const _errs55 = errors;
                                          const _errs56 = errors;
                                          let valid14 = false;
                                          const _errs57 = errors;
                                          if (!validate25(data18, { instancePath: instancePath + "/lastFailure", parentData: data, parentDataProperty: "lastFailure", rootData, dynamicAnchors })) {
                                            vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
                                            errors = vErrors.length;
                                          }
                                          var _valid2 = _errs57 === errors;
                                          valid14 = valid14 || _valid2;
                                          const _errs58 = errors;
                                          if (data18 !== null) {
                                            const err11 = { instancePath: instancePath + "/lastFailure", schemaPath: "#/properties/lastFailure/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                                            if (vErrors === null) {
                                              vErrors = [err11];
                                            } else {
                                              vErrors.push(err11);
                                            }
                                            errors++;
                                          }
                                          var _valid2 = _errs58 === errors;
                                          valid14 = valid14 || _valid2;
                                          if (!valid14) {
                                            const err12 = { instancePath: instancePath + "/lastFailure", schemaPath: "#/properties/lastFailure/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                                            if (vErrors === null) {
                                              vErrors = [err12];
                                            } else {
                                              vErrors.push(err12);
                                            }
                                            errors++;
                                            validate22.errors = vErrors;
                                            return false;
                                          } else {
                                            errors = _errs56;
                                            if (vErrors !== null) {
                                              if (_errs56) {
                                                vErrors.length = _errs56;
                                              } else {
                                                vErrors = null;
                                              }
                                            }
                                          }
                                          var valid0 = _errs55 === errors;
                                        } else {
                                          var valid0 = true;
                                        }
                                        if (valid0) {
                                          if (data.tags !== void 0) {
                                            let data19 = data.tags;
                                            const _errs60 = errors;
                                            if (errors === _errs60) {
                                              if (Array.isArray(data19)) {
                                                var valid15 = true;
                                                const len0 = data19.length;
                                                for (let i0 = 0; i0 < len0; i0++) {
                                                  let data20 = data19[i0];
                                                  const _errs62 = errors;
                                                  const _errs63 = errors;
                                                  if (errors === _errs63) {
                                                    if (typeof data20 === "string") {
                                                      if (!pattern6.test(data20)) {
                                                        validate22.errors = [{ instancePath: instancePath + "/tags/" + i0, schemaPath: "Tag/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9][a-z0-9:_.-]{0,63}$" }, message: 'must match pattern "^[a-z0-9][a-z0-9:_.-]{0,63}$"' }];
                                                        return false;
                                                      }
                                                    } else {
                                                      validate22.errors = [{ instancePath: instancePath + "/tags/" + i0, schemaPath: "Tag/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                                      return false;
                                                    }
                                                  }
                                                  var valid15 = _errs62 === errors;
                                                  if (!valid15) {
                                                    break;
                                                  }
                                                }
                                              } else {
                                                validate22.errors = [{ instancePath: instancePath + "/tags", schemaPath: "#/properties/tags/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                                return false;
                                              }
                                            }
                                            var valid0 = _errs60 === errors;
                                          } else {
                                            var valid0 = true;
                                          }
                                          if (valid0) {
                                            if (data.payloadEdited !== void 0) {
                                              const _errs65 = errors;
                                              if (typeof data.payloadEdited !== "boolean") {
                                                validate22.errors = [{ instancePath: instancePath + "/payloadEdited", schemaPath: "#/properties/payloadEdited/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
                                                return false;
                                              }
                                              var valid0 = _errs65 === errors;
                                            } else {
                                              var valid0 = true;
                                            }
                                            if (valid0) {
                                              if (data.discarded !== void 0) {
                                                const _errs67 = errors;
                                                if (typeof data.discarded !== "boolean") {
                                                  validate22.errors = [{ instancePath: instancePath + "/discarded", schemaPath: "#/properties/discarded/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
                                                  return false;
                                                }
                                                var valid0 = _errs67 === errors;
                                              } else {
                                                var valid0 = true;
                                              }
                                            }
                                          }
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate22.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate22.errors = vErrors;
  return errors === 0;
}
validate22.evaluated = { "props": { "taskId": true, "type": true, "status": true, "version": true, "attempt": true, "maxAttempts": true, "attemptsTotal": true, "createdAt": true, "updatedAt": true, "runAt": true, "notBefore": true, "finishedAt": true, "expiresAt": true, "waiting": true, "cancelRequested": true, "progress": true, "lastFailure": true, "tags": true, "payloadEdited": true, "discarded": true }, "dynamicProps": false, "dynamicItems": false };
function validate21(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate21.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (!validate22(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
    vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
    errors = vErrors.length;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      for (const key0 in data) {
        if (key0 !== "taskId" && key0 !== "type" && key0 !== "status" && key0 !== "version" && key0 !== "attempt" && key0 !== "maxAttempts" && key0 !== "attemptsTotal" && key0 !== "createdAt" && key0 !== "updatedAt" && key0 !== "runAt" && key0 !== "notBefore" && key0 !== "finishedAt" && key0 !== "expiresAt" && key0 !== "waiting" && key0 !== "cancelRequested" && key0 !== "progress" && key0 !== "lastFailure" && key0 !== "tags" && key0 !== "payloadEdited" && key0 !== "discarded") {
          validate21.errors = [{ instancePath, schemaPath: "#/unevaluatedProperties", keyword: "unevaluatedProperties", params: { unevaluatedProperty: key0 }, message: "must NOT have unevaluated properties" }];
          return false;
          break;
        }
      }
    } else {
      validate21.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate21.errors = vErrors;
  return errors === 0;
}
validate21.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate20(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate20.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.items === void 0 && (missing0 = "items") || data.nextCursor === void 0 && (missing0 = "nextCursor") || data.searchedTo === void 0 && (missing0 = "searchedTo") || data.indexed === void 0 && (missing0 = "indexed")) {
        validate20.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "items" || key0 === "nextCursor" || key0 === "searchedTo" || key0 === "indexed")) {
            validate20.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.items !== void 0) {
            let data0 = data.items;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (Array.isArray(data0)) {
                if (data0.length > 100) {
                  validate20.errors = [{ instancePath: instancePath + "/items", schemaPath: "#/properties/items/maxItems", keyword: "maxItems", params: { limit: 100 }, message: "must NOT have more than 100 items" }];
                  return false;
                } else {
                  var valid1 = true;
                  const len0 = data0.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    const _errs4 = errors;
                    if (!validate21(data0[i0], { instancePath: instancePath + "/items/" + i0, parentData: data0, parentDataProperty: i0, rootData, dynamicAnchors })) {
                      vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
                      errors = vErrors.length;
                    }
                    var valid1 = _errs4 === errors;
                    if (!valid1) {
                      break;
                    }
                  }
                }
              } else {
                validate20.errors = [{ instancePath: instancePath + "/items", schemaPath: "#/properties/items/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.nextCursor !== void 0) {
              let data2 = data.nextCursor;
              const _errs5 = errors;
              if (typeof data2 !== "string" && data2 !== null) {
                validate20.errors = [{ instancePath: instancePath + "/nextCursor", schemaPath: "#/properties/nextCursor/type", keyword: "type", params: { type: schema31.properties.nextCursor.type }, message: "must be string,null" }];
                return false;
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.searchedTo !== void 0) {
                let data3 = data.searchedTo;
                const _errs7 = errors;
                const _errs8 = errors;
                let valid2 = false;
                const _errs9 = errors;
                const _errs10 = errors;
                if (errors === _errs10) {
                  if (errors === _errs10) {
                    if (typeof data3 === "string") {
                      if (!formats0.test(data3)) {
                        const err0 = { instancePath: instancePath + "/searchedTo", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' };
                        if (vErrors === null) {
                          vErrors = [err0];
                        } else {
                          vErrors.push(err0);
                        }
                        errors++;
                      }
                    } else {
                      const err1 = { instancePath: instancePath + "/searchedTo", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                      if (vErrors === null) {
                        vErrors = [err1];
                      } else {
                        vErrors.push(err1);
                      }
                      errors++;
                    }
                  }
                }
                var _valid0 = _errs9 === errors;
                valid2 = valid2 || _valid0;
                const _errs12 = errors;
                if (data3 !== null) {
                  const err2 = { instancePath: instancePath + "/searchedTo", schemaPath: "#/properties/searchedTo/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                  if (vErrors === null) {
                    vErrors = [err2];
                  } else {
                    vErrors.push(err2);
                  }
                  errors++;
                }
                var _valid0 = _errs12 === errors;
                valid2 = valid2 || _valid0;
                if (!valid2) {
                  const err3 = { instancePath: instancePath + "/searchedTo", schemaPath: "#/properties/searchedTo/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                  if (vErrors === null) {
                    vErrors = [err3];
                  } else {
                    vErrors.push(err3);
                  }
                  errors++;
                  validate20.errors = vErrors;
                  return false;
                } else {
                  errors = _errs8;
                  if (vErrors !== null) {
                    if (_errs8) {
                      vErrors.length = _errs8;
                    } else {
                      vErrors = null;
                    }
                  }
                }
                var valid0 = _errs7 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.indexed !== void 0) {
                  const _errs14 = errors;
                  if (typeof data.indexed !== "boolean") {
                    validate20.errors = [{ instancePath: instancePath + "/indexed", schemaPath: "#/properties/indexed/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
                    return false;
                  }
                  var valid0 = _errs14 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate20.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate20.errors = vErrors;
  return errors === 0;
}
validate20.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var Problem = validate29;
var schema53 = { "type": "string", "x-grows": true, "description": "Stable. The table x-problems has the status, title and retryability of each.", "enum": ["invalid-json", "invalid-encoding", "invalid-unicode", "duplicate-key", "forbidden-key", "json-too-deep", "invalid-parameter", "unknown-parameter", "invalid-cursor", "invalid-idempotency-key", "invalid-header", "unauthenticated", "forbidden-origin", "insufficient-scope", "faults-not-allowed", "not-found", "method-not-allowed", "request-timeout", "conflict", "task-final", "not-dead", "not-announced-yet", "stale-version", "payload-too-large", "unsupported-media-type", "misdirected-host", "validation", "unknown-task-type", "number-out-of-range", "rate-limited", "internal", "ledger-unavailable", "stopping", "too-many-viewers", "type-unavailable", "key-ended", "too-many-keys", "identity-unavailable"] };
var pattern7 = new RegExp("^/docs/problems#[a-z0-9-]+$", "u");
function validate29(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate29.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.type === void 0 && (missing0 = "type") || data.title === void 0 && (missing0 = "title") || data.status === void 0 && (missing0 = "status") || data.detail === void 0 && (missing0 = "detail") || data.instance === void 0 && (missing0 = "instance") || data.code === void 0 && (missing0 = "code") || data.retryable === void 0 && (missing0 = "retryable")) {
        validate29.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "type" || key0 === "title" || key0 === "status" || key0 === "detail" || key0 === "instance" || key0 === "code" || key0 === "retryable" || key0 === "errors")) {
            validate29.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.type !== void 0) {
            let data0 = data.type;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (typeof data0 === "string") {
                if (!pattern7.test(data0)) {
                  validate29.errors = [{ instancePath: instancePath + "/type", schemaPath: "#/properties/type/pattern", keyword: "pattern", params: { pattern: "^/docs/problems#[a-z0-9-]+$" }, message: 'must match pattern "^/docs/problems#[a-z0-9-]+$"' }];
                  return false;
                }
              } else {
                validate29.errors = [{ instancePath: instancePath + "/type", schemaPath: "#/properties/type/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.title !== void 0) {
              const _errs4 = errors;
              if (typeof data.title !== "string") {
                validate29.errors = [{ instancePath: instancePath + "/title", schemaPath: "#/properties/title/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.status !== void 0) {
                let data2 = data.status;
                const _errs6 = errors;
                if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                  validate29.errors = [{ instancePath: instancePath + "/status", schemaPath: "#/properties/status/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs6) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 > 599 || isNaN(data2)) {
                      validate29.errors = [{ instancePath: instancePath + "/status", schemaPath: "#/properties/status/maximum", keyword: "maximum", params: { comparison: "<=", limit: 599 }, message: "must be <= 599" }];
                      return false;
                    } else {
                      if (data2 < 400 || isNaN(data2)) {
                        validate29.errors = [{ instancePath: instancePath + "/status", schemaPath: "#/properties/status/minimum", keyword: "minimum", params: { comparison: ">=", limit: 400 }, message: "must be >= 400" }];
                        return false;
                      }
                    }
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.detail !== void 0) {
                  const _errs8 = errors;
                  if (typeof data.detail !== "string") {
                    validate29.errors = [{ instancePath: instancePath + "/detail", schemaPath: "#/properties/detail/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.instance !== void 0) {
                    const _errs10 = errors;
                    if (typeof data.instance !== "string") {
                      validate29.errors = [{ instancePath: instancePath + "/instance", schemaPath: "#/properties/instance/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                      return false;
                    }
                    var valid0 = _errs10 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.code !== void 0) {
                      let data5 = data.code;
                      const _errs12 = errors;
                      if (typeof data5 !== "string") {
                        validate29.errors = [{ instancePath: instancePath + "/code", schemaPath: "ProblemCode/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                        return false;
                      }
                      if (!(data5 === "invalid-json" || data5 === "invalid-encoding" || data5 === "invalid-unicode" || data5 === "duplicate-key" || data5 === "forbidden-key" || data5 === "json-too-deep" || data5 === "invalid-parameter" || data5 === "unknown-parameter" || data5 === "invalid-cursor" || data5 === "invalid-idempotency-key" || data5 === "invalid-header" || data5 === "unauthenticated" || data5 === "forbidden-origin" || data5 === "insufficient-scope" || data5 === "faults-not-allowed" || data5 === "not-found" || data5 === "method-not-allowed" || data5 === "request-timeout" || data5 === "conflict" || data5 === "task-final" || data5 === "not-dead" || data5 === "not-announced-yet" || data5 === "stale-version" || data5 === "payload-too-large" || data5 === "unsupported-media-type" || data5 === "misdirected-host" || data5 === "validation" || data5 === "unknown-task-type" || data5 === "number-out-of-range" || data5 === "rate-limited" || data5 === "internal" || data5 === "ledger-unavailable" || data5 === "stopping" || data5 === "too-many-viewers" || data5 === "type-unavailable" || data5 === "key-ended" || data5 === "too-many-keys" || data5 === "identity-unavailable")) {
                        validate29.errors = [{ instancePath: instancePath + "/code", schemaPath: "ProblemCode/enum", keyword: "enum", params: { allowedValues: schema53.enum }, message: "must be equal to one of the allowed values" }];
                        return false;
                      }
                      var valid0 = _errs12 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.retryable !== void 0) {
                        const _errs15 = errors;
                        if (typeof data.retryable !== "boolean") {
                          validate29.errors = [{ instancePath: instancePath + "/retryable", schemaPath: "#/properties/retryable/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
                          return false;
                        }
                        var valid0 = _errs15 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.errors !== void 0) {
                          let data7 = data.errors;
                          const _errs17 = errors;
                          if (errors === _errs17) {
                            if (Array.isArray(data7)) {
                              if (data7.length > 20) {
                                validate29.errors = [{ instancePath: instancePath + "/errors", schemaPath: "#/properties/errors/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items" }];
                                return false;
                              } else {
                                var valid2 = true;
                                const len0 = data7.length;
                                for (let i0 = 0; i0 < len0; i0++) {
                                  let data8 = data7[i0];
                                  const _errs19 = errors;
                                  const _errs20 = errors;
                                  if (errors === _errs20) {
                                    if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
                                      let missing1;
                                      if (data8.pointer === void 0 && (missing1 = "pointer") || data8.message === void 0 && (missing1 = "message")) {
                                        validate29.errors = [{ instancePath: instancePath + "/errors/" + i0, schemaPath: "FieldError/required", keyword: "required", params: { missingProperty: missing1 }, message: "must have required property '" + missing1 + "'" }];
                                        return false;
                                      } else {
                                        const _errs22 = errors;
                                        for (const key1 in data8) {
                                          if (!(key1 === "pointer" || key1 === "message")) {
                                            validate29.errors = [{ instancePath: instancePath + "/errors/" + i0, schemaPath: "FieldError/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" }];
                                            return false;
                                            break;
                                          }
                                        }
                                        if (_errs22 === errors) {
                                          if (data8.pointer !== void 0) {
                                            const _errs23 = errors;
                                            if (typeof data8.pointer !== "string") {
                                              validate29.errors = [{ instancePath: instancePath + "/errors/" + i0 + "/pointer", schemaPath: "FieldError/properties/pointer/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                              return false;
                                            }
                                            var valid4 = _errs23 === errors;
                                          } else {
                                            var valid4 = true;
                                          }
                                          if (valid4) {
                                            if (data8.message !== void 0) {
                                              const _errs25 = errors;
                                              if (typeof data8.message !== "string") {
                                                validate29.errors = [{ instancePath: instancePath + "/errors/" + i0 + "/message", schemaPath: "FieldError/properties/message/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                                return false;
                                              }
                                              var valid4 = _errs25 === errors;
                                            } else {
                                              var valid4 = true;
                                            }
                                          }
                                        }
                                      }
                                    } else {
                                      validate29.errors = [{ instancePath: instancePath + "/errors/" + i0, schemaPath: "FieldError/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                                      return false;
                                    }
                                  }
                                  var valid2 = _errs19 === errors;
                                  if (!valid2) {
                                    break;
                                  }
                                }
                              }
                            } else {
                              validate29.errors = [{ instancePath: instancePath + "/errors", schemaPath: "#/properties/errors/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                              return false;
                            }
                          }
                          var valid0 = _errs17 === errors;
                        } else {
                          var valid0 = true;
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate29.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate29.errors = vErrors;
  return errors === 0;
}
validate29.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var Task = validate21;
var BatchResult = validate30;
var schema56 = { "type": "object", "additionalProperties": false, "required": ["index", "status", "task", "problem", "location"], "description": "What submitting this task alone would have answered.", "properties": { "index": { "type": "integer", "minimum": 0, "maximum": 99 }, "status": { "type": "integer", "minimum": 200, "maximum": 599, "description": "202 accepted, 200 replay, else the problem's status." }, "task": { "anyOf": [{ "$ref": "Task" }, { "type": "null" }] }, "problem": { "anyOf": [{ "$ref": "Problem" }, { "type": "null" }] }, "location": { "type": ["string", "null"], "description": "Path of the task." } } };
function validate31(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate31.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.index === void 0 && (missing0 = "index") || data.status === void 0 && (missing0 = "status") || data.task === void 0 && (missing0 = "task") || data.problem === void 0 && (missing0 = "problem") || data.location === void 0 && (missing0 = "location")) {
        validate31.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "index" || key0 === "status" || key0 === "task" || key0 === "problem" || key0 === "location")) {
            validate31.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.index !== void 0) {
            let data0 = data.index;
            const _errs2 = errors;
            if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
              validate31.errors = [{ instancePath: instancePath + "/index", schemaPath: "#/properties/index/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
              return false;
            }
            if (errors === _errs2) {
              if (typeof data0 == "number" && isFinite(data0)) {
                if (data0 > 99 || isNaN(data0)) {
                  validate31.errors = [{ instancePath: instancePath + "/index", schemaPath: "#/properties/index/maximum", keyword: "maximum", params: { comparison: "<=", limit: 99 }, message: "must be <= 99" }];
                  return false;
                } else {
                  if (data0 < 0 || isNaN(data0)) {
                    validate31.errors = [{ instancePath: instancePath + "/index", schemaPath: "#/properties/index/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                    return false;
                  }
                }
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.status !== void 0) {
              let data1 = data.status;
              const _errs4 = errors;
              if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
                validate31.errors = [{ instancePath: instancePath + "/status", schemaPath: "#/properties/status/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                return false;
              }
              if (errors === _errs4) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 > 599 || isNaN(data1)) {
                    validate31.errors = [{ instancePath: instancePath + "/status", schemaPath: "#/properties/status/maximum", keyword: "maximum", params: { comparison: "<=", limit: 599 }, message: "must be <= 599" }];
                    return false;
                  } else {
                    if (data1 < 200 || isNaN(data1)) {
                      validate31.errors = [{ instancePath: instancePath + "/status", schemaPath: "#/properties/status/minimum", keyword: "minimum", params: { comparison: ">=", limit: 200 }, message: "must be >= 200" }];
                      return false;
                    }
                  }
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.task !== void 0) {
                let data2 = data.task;
                const _errs6 = errors;
                const _errs7 = errors;
                let valid1 = false;
                const _errs8 = errors;
                if (!validate21(data2, { instancePath: instancePath + "/task", parentData: data, parentDataProperty: "task", rootData, dynamicAnchors })) {
                  vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
                  errors = vErrors.length;
                }
                var _valid0 = _errs8 === errors;
                valid1 = valid1 || _valid0;
                const _errs9 = errors;
                if (data2 !== null) {
                  const err0 = { instancePath: instancePath + "/task", schemaPath: "#/properties/task/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                  if (vErrors === null) {
                    vErrors = [err0];
                  } else {
                    vErrors.push(err0);
                  }
                  errors++;
                }
                var _valid0 = _errs9 === errors;
                valid1 = valid1 || _valid0;
                if (!valid1) {
                  const err1 = { instancePath: instancePath + "/task", schemaPath: "#/properties/task/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                  if (vErrors === null) {
                    vErrors = [err1];
                  } else {
                    vErrors.push(err1);
                  }
                  errors++;
                  validate31.errors = vErrors;
                  return false;
                } else {
                  errors = _errs7;
                  if (vErrors !== null) {
                    if (_errs7) {
                      vErrors.length = _errs7;
                    } else {
                      vErrors = null;
                    }
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.problem !== void 0) {
                  let data3 = data.problem;
                  const _errs11 = errors;
                  const _errs12 = errors;
                  let valid2 = false;
                  const _errs13 = errors;
                  if (!validate29(data3, { instancePath: instancePath + "/problem", parentData: data, parentDataProperty: "problem", rootData, dynamicAnchors })) {
                    vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
                    errors = vErrors.length;
                  }
                  var _valid1 = _errs13 === errors;
                  valid2 = valid2 || _valid1;
                  const _errs14 = errors;
                  if (data3 !== null) {
                    const err2 = { instancePath: instancePath + "/problem", schemaPath: "#/properties/problem/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                    if (vErrors === null) {
                      vErrors = [err2];
                    } else {
                      vErrors.push(err2);
                    }
                    errors++;
                  }
                  var _valid1 = _errs14 === errors;
                  valid2 = valid2 || _valid1;
                  if (!valid2) {
                    const err3 = { instancePath: instancePath + "/problem", schemaPath: "#/properties/problem/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                    if (vErrors === null) {
                      vErrors = [err3];
                    } else {
                      vErrors.push(err3);
                    }
                    errors++;
                    validate31.errors = vErrors;
                    return false;
                  } else {
                    errors = _errs12;
                    if (vErrors !== null) {
                      if (_errs12) {
                        vErrors.length = _errs12;
                      } else {
                        vErrors = null;
                      }
                    }
                  }
                  var valid0 = _errs11 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.location !== void 0) {
                    let data4 = data.location;
                    const _errs16 = errors;
                    if (typeof data4 !== "string" && data4 !== null) {
                      validate31.errors = [{ instancePath: instancePath + "/location", schemaPath: "#/properties/location/type", keyword: "type", params: { type: schema56.properties.location.type }, message: "must be string,null" }];
                      return false;
                    }
                    var valid0 = _errs16 === errors;
                  } else {
                    var valid0 = true;
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate31.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate31.errors = vErrors;
  return errors === 0;
}
validate31.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate30(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate30.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.results === void 0 && (missing0 = "results")) {
        validate30.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "results")) {
            validate30.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.results !== void 0) {
            let data0 = data.results;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (Array.isArray(data0)) {
                if (data0.length > 100) {
                  validate30.errors = [{ instancePath: instancePath + "/results", schemaPath: "#/properties/results/maxItems", keyword: "maxItems", params: { limit: 100 }, message: "must NOT have more than 100 items" }];
                  return false;
                } else {
                  if (data0.length < 1) {
                    validate30.errors = [{ instancePath: instancePath + "/results", schemaPath: "#/properties/results/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" }];
                    return false;
                  } else {
                    var valid1 = true;
                    const len0 = data0.length;
                    for (let i0 = 0; i0 < len0; i0++) {
                      const _errs4 = errors;
                      if (!validate31(data0[i0], { instancePath: instancePath + "/results/" + i0, parentData: data0, parentDataProperty: i0, rootData, dynamicAnchors })) {
                        vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
                        errors = vErrors.length;
                      }
                      var valid1 = _errs4 === errors;
                      if (!valid1) {
                        break;
                      }
                    }
                  }
                }
              } else {
                validate30.errors = [{ instancePath: instancePath + "/results", schemaPath: "#/properties/results/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                return false;
              }
            }
          }
        }
      }
    } else {
      validate30.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate30.errors = vErrors;
  return errors === 0;
}
validate30.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var TaskDetail = validate35;
var schema57 = { "type": "object", "description": "A task with everything that is known about it.", "unevaluatedProperties": false, "allOf": [{ "$ref": "TaskFields" }], "required": ["payload", "result", "withheld", "attempts", "history"], "properties": { "payload": { "type": ["object", "null"], "additionalProperties": true, "description": "Null when it is withheld." }, "withheld": { "type": "boolean", "description": "Payload and result are not shown, because the caller has no scope `payloads:read`." }, "result": { "description": "What the handler returned; null before it succeeded, and when it is withheld. Not judged by the schema of its type; half characters have become U+FFFD, and the keys `__proto__` and `constructor.prototype` are left out." }, "attempts": { "type": "array", "maxItems": 10, "description": "The last 10 attempts, oldest first.", "items": { "$ref": "Attempt" } }, "history": { "type": "array", "maxItems": 20, "description": "The last 20 moves by people, oldest first.", "items": { "$ref": "HistoryEntry" } } } };
var schema59 = { "type": "object", "description": "What Attempt and AttemptDetail share.", "required": ["fence", "attempt", "startedAt", "endedAt", "outcome", "class", "code", "delayMs"], "properties": { "fence": { "type": "integer", "minimum": 1, "description": "Rises by one at every claim and never resets." }, "attempt": { "type": "integer", "minimum": 1, "description": "Its number in the budget; a lost attempt and the one after it share theirs." }, "startedAt": { "$ref": "Timestamp" }, "endedAt": { "anyOf": [{ "$ref": "Timestamp" }, { "type": "null" }] }, "outcome": { "$ref": "AttemptOutcome" }, "class": { "anyOf": [{ "$ref": "FailureClass" }, { "type": "null" }] }, "code": { "type": ["string", "null"] }, "delayMs": { "type": ["integer", "null"], "minimum": 0, "description": "The backoff that followed." } } };
var schema62 = { "type": "string", "enum": ["running", "succeeded", "failed", "timed-out", "lost", "cancelled", "released", "checkpointed"] };
function validate38(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate38.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.fence === void 0 && (missing0 = "fence") || data.attempt === void 0 && (missing0 = "attempt") || data.startedAt === void 0 && (missing0 = "startedAt") || data.endedAt === void 0 && (missing0 = "endedAt") || data.outcome === void 0 && (missing0 = "outcome") || data.class === void 0 && (missing0 = "class") || data.code === void 0 && (missing0 = "code") || data.delayMs === void 0 && (missing0 = "delayMs")) {
        validate38.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        if (data.fence !== void 0) {
          let data0 = data.fence;
          const _errs1 = errors;
          if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
            validate38.errors = [{ instancePath: instancePath + "/fence", schemaPath: "#/properties/fence/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
            return false;
          }
          if (errors === _errs1) {
            if (typeof data0 == "number" && isFinite(data0)) {
              if (data0 < 1 || isNaN(data0)) {
                validate38.errors = [{ instancePath: instancePath + "/fence", schemaPath: "#/properties/fence/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                return false;
              }
            }
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.attempt !== void 0) {
            let data1 = data.attempt;
            const _errs3 = errors;
            if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
              validate38.errors = [{ instancePath: instancePath + "/attempt", schemaPath: "#/properties/attempt/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
              return false;
            }
            if (errors === _errs3) {
              if (typeof data1 == "number" && isFinite(data1)) {
                if (data1 < 1 || isNaN(data1)) {
                  validate38.errors = [{ instancePath: instancePath + "/attempt", schemaPath: "#/properties/attempt/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                  return false;
                }
              }
            }
            var valid0 = _errs3 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.startedAt !== void 0) {
              let data2 = data.startedAt;
              const _errs5 = errors;
              const _errs6 = errors;
              if (errors === _errs6) {
                if (errors === _errs6) {
                  if (typeof data2 === "string") {
                    if (!formats0.test(data2)) {
                      validate38.errors = [{ instancePath: instancePath + "/startedAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                      return false;
                    }
                  } else {
                    validate38.errors = [{ instancePath: instancePath + "/startedAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                }
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.endedAt !== void 0) {
                let data3 = data.endedAt;
                const _errs8 = errors;
                const _errs9 = errors;
                let valid2 = false;
                const _errs10 = errors;
                const _errs11 = errors;
                if (errors === _errs11) {
                  if (errors === _errs11) {
                    if (typeof data3 === "string") {
                      if (!formats0.test(data3)) {
                        const err0 = { instancePath: instancePath + "/endedAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' };
                        if (vErrors === null) {
                          vErrors = [err0];
                        } else {
                          vErrors.push(err0);
                        }
                        errors++;
                      }
                    } else {
                      const err1 = { instancePath: instancePath + "/endedAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                      if (vErrors === null) {
                        vErrors = [err1];
                      } else {
                        vErrors.push(err1);
                      }
                      errors++;
                    }
                  }
                }
                var _valid0 = _errs10 === errors;
                valid2 = valid2 || _valid0;
                const _errs13 = errors;
                if (data3 !== null) {
                  const err2 = { instancePath: instancePath + "/endedAt", schemaPath: "#/properties/endedAt/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                  if (vErrors === null) {
                    vErrors = [err2];
                  } else {
                    vErrors.push(err2);
                  }
                  errors++;
                }
                var _valid0 = _errs13 === errors;
                valid2 = valid2 || _valid0;
                if (!valid2) {
                  const err3 = { instancePath: instancePath + "/endedAt", schemaPath: "#/properties/endedAt/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                  if (vErrors === null) {
                    vErrors = [err3];
                  } else {
                    vErrors.push(err3);
                  }
                  errors++;
                  validate38.errors = vErrors;
                  return false;
                } else {
                  errors = _errs9;
                  if (vErrors !== null) {
                    if (_errs9) {
                      vErrors.length = _errs9;
                    } else {
                      vErrors = null;
                    }
                  }
                }
                var valid0 = _errs8 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.outcome !== void 0) {
                  let data4 = data.outcome;
                  const _errs15 = errors;
                  if (typeof data4 !== "string") {
                    validate38.errors = [{ instancePath: instancePath + "/outcome", schemaPath: "AttemptOutcome/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  if (!(data4 === "running" || data4 === "succeeded" || data4 === "failed" || data4 === "timed-out" || data4 === "lost" || data4 === "cancelled" || data4 === "released" || data4 === "checkpointed")) {
                    validate38.errors = [{ instancePath: instancePath + "/outcome", schemaPath: "AttemptOutcome/enum", keyword: "enum", params: { allowedValues: schema62.enum }, message: "must be equal to one of the allowed values" }];
                    return false;
                  }
                  var valid0 = _errs15 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.class !== void 0) {
                    let data5 = data.class;
                    const _errs18 = errors;
                    const _errs19 = errors;
                    let valid5 = false;
                    const _errs20 = errors;
                    if (typeof data5 !== "string") {
                      const err4 = { instancePath: instancePath + "/class", schemaPath: "FailureClass/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                      if (vErrors === null) {
                        vErrors = [err4];
                      } else {
                        vErrors.push(err4);
                      }
                      errors++;
                    }
                    if (!(data5 === "VALIDATION" || data5 === "NETWORK" || data5 === "RATE_LIMIT" || data5 === "SYSTEM" || data5 === "TIMEOUT" || data5 === "CRASH" || data5 === "EXPIRED" || data5 === "UNKNOWN")) {
                      const err5 = { instancePath: instancePath + "/class", schemaPath: "FailureClass/enum", keyword: "enum", params: { allowedValues: schema48.enum }, message: "must be equal to one of the allowed values" };
                      if (vErrors === null) {
                        vErrors = [err5];
                      } else {
                        vErrors.push(err5);
                      }
                      errors++;
                    }
                    var _valid1 = _errs20 === errors;
                    valid5 = valid5 || _valid1;
                    const _errs23 = errors;
                    if (data5 !== null) {
                      const err6 = { instancePath: instancePath + "/class", schemaPath: "#/properties/class/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                      if (vErrors === null) {
                        vErrors = [err6];
                      } else {
                        vErrors.push(err6);
                      }
                      errors++;
                    }
                    var _valid1 = _errs23 === errors;
                    valid5 = valid5 || _valid1;
                    if (!valid5) {
                      const err7 = { instancePath: instancePath + "/class", schemaPath: "#/properties/class/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                      if (vErrors === null) {
                        vErrors = [err7];
                      } else {
                        vErrors.push(err7);
                      }
                      errors++;
                      validate38.errors = vErrors;
                      return false;
                    } else {
                      errors = _errs19;
                      if (vErrors !== null) {
                        if (_errs19) {
                          vErrors.length = _errs19;
                        } else {
                          vErrors = null;
                        }
                      }
                    }
                    var valid0 = _errs18 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.code !== void 0) {
                      let data6 = data.code;
                      const _errs25 = errors;
                      if (typeof data6 !== "string" && data6 !== null) {
                        validate38.errors = [{ instancePath: instancePath + "/code", schemaPath: "#/properties/code/type", keyword: "type", params: { type: schema59.properties.code.type }, message: "must be string,null" }];
                        return false;
                      }
                      var valid0 = _errs25 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.delayMs !== void 0) {
                        let data7 = data.delayMs;
                        const _errs27 = errors;
                        if (!(typeof data7 == "number" && (!(data7 % 1) && !isNaN(data7)) && isFinite(data7)) && data7 !== null) {
                          validate38.errors = [{ instancePath: instancePath + "/delayMs", schemaPath: "#/properties/delayMs/type", keyword: "type", params: { type: schema59.properties.delayMs.type }, message: "must be integer,null" }];
                          return false;
                        }
                        if (errors === _errs27) {
                          if (typeof data7 == "number" && isFinite(data7)) {
                            if (data7 < 0 || isNaN(data7)) {
                              validate38.errors = [{ instancePath: instancePath + "/delayMs", schemaPath: "#/properties/delayMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                              return false;
                            }
                          }
                        }
                        var valid0 = _errs27 === errors;
                      } else {
                        var valid0 = true;
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate38.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate38.errors = vErrors;
  return errors === 0;
}
validate38.evaluated = { "props": { "fence": true, "attempt": true, "startedAt": true, "endedAt": true, "outcome": true, "class": true, "code": true, "delayMs": true }, "dynamicProps": false, "dynamicItems": false };
function validate37(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate37.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (!validate38(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
    vErrors = vErrors === null ? validate38.errors : vErrors.concat(validate38.errors);
    errors = vErrors.length;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      for (const key0 in data) {
        if (key0 !== "fence" && key0 !== "attempt" && key0 !== "startedAt" && key0 !== "endedAt" && key0 !== "outcome" && key0 !== "class" && key0 !== "code" && key0 !== "delayMs") {
          validate37.errors = [{ instancePath, schemaPath: "#/unevaluatedProperties", keyword: "unevaluatedProperties", params: { unevaluatedProperty: key0 }, message: "must NOT have unevaluated properties" }];
          return false;
          break;
        }
      }
    } else {
      validate37.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate37.errors = vErrors;
  return errors === 0;
}
validate37.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var schema64 = { "type": "object", "additionalProperties": false, "required": ["at", "subject", "move", "reason"], "properties": { "at": { "$ref": "Timestamp" }, "subject": { "type": "string", "description": "Who did it." }, "move": { "type": "string", "x-grows": true, "enum": ["cancel", "redrive", "discard"] }, "reason": { "anyOf": [{ "$ref": "Reason" }, { "type": "null" }] } } };
function validate41(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate41.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.at === void 0 && (missing0 = "at") || data.subject === void 0 && (missing0 = "subject") || data.move === void 0 && (missing0 = "move") || data.reason === void 0 && (missing0 = "reason")) {
        validate41.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "at" || key0 === "subject" || key0 === "move" || key0 === "reason")) {
            validate41.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.at !== void 0) {
            let data0 = data.at;
            const _errs2 = errors;
            const _errs3 = errors;
            if (errors === _errs3) {
              if (errors === _errs3) {
                if (typeof data0 === "string") {
                  if (!formats0.test(data0)) {
                    validate41.errors = [{ instancePath: instancePath + "/at", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                    return false;
                  }
                } else {
                  validate41.errors = [{ instancePath: instancePath + "/at", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.subject !== void 0) {
              const _errs5 = errors;
              if (typeof data.subject !== "string") {
                validate41.errors = [{ instancePath: instancePath + "/subject", schemaPath: "#/properties/subject/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.move !== void 0) {
                let data2 = data.move;
                const _errs7 = errors;
                if (typeof data2 !== "string") {
                  validate41.errors = [{ instancePath: instancePath + "/move", schemaPath: "#/properties/move/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                if (!(data2 === "cancel" || data2 === "redrive" || data2 === "discard")) {
                  validate41.errors = [{ instancePath: instancePath + "/move", schemaPath: "#/properties/move/enum", keyword: "enum", params: { allowedValues: schema64.properties.move.enum }, message: "must be equal to one of the allowed values" }];
                  return false;
                }
                var valid0 = _errs7 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.reason !== void 0) {
                  let data3 = data.reason;
                  const _errs9 = errors;
                  const _errs10 = errors;
                  let valid2 = false;
                  const _errs11 = errors;
                  const _errs12 = errors;
                  if (errors === _errs12) {
                    if (typeof data3 === "string") {
                      if (ucs2length(data3) > 200) {
                        const err0 = { instancePath: instancePath + "/reason", schemaPath: "Reason/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters" };
                        if (vErrors === null) {
                          vErrors = [err0];
                        } else {
                          vErrors.push(err0);
                        }
                        errors++;
                      }
                    } else {
                      const err1 = { instancePath: instancePath + "/reason", schemaPath: "Reason/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                      if (vErrors === null) {
                        vErrors = [err1];
                      } else {
                        vErrors.push(err1);
                      }
                      errors++;
                    }
                  }
                  var _valid0 = _errs11 === errors;
                  valid2 = valid2 || _valid0;
                  const _errs14 = errors;
                  if (data3 !== null) {
                    const err2 = { instancePath: instancePath + "/reason", schemaPath: "#/properties/reason/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                    if (vErrors === null) {
                      vErrors = [err2];
                    } else {
                      vErrors.push(err2);
                    }
                    errors++;
                  }
                  var _valid0 = _errs14 === errors;
                  valid2 = valid2 || _valid0;
                  if (!valid2) {
                    const err3 = { instancePath: instancePath + "/reason", schemaPath: "#/properties/reason/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                    if (vErrors === null) {
                      vErrors = [err3];
                    } else {
                      vErrors.push(err3);
                    }
                    errors++;
                    validate41.errors = vErrors;
                    return false;
                  } else {
                    errors = _errs10;
                    if (vErrors !== null) {
                      if (_errs10) {
                        vErrors.length = _errs10;
                      } else {
                        vErrors = null;
                      }
                    }
                  }
                  var valid0 = _errs9 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate41.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate41.errors = vErrors;
  return errors === 0;
}
validate41.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate35(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate35.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (!validate22(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
    vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
    errors = vErrors.length;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.payload === void 0 && (missing0 = "payload") || data.result === void 0 && (missing0 = "result") || data.withheld === void 0 && (missing0 = "withheld") || data.attempts === void 0 && (missing0 = "attempts") || data.history === void 0 && (missing0 = "history")) {
        validate35.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        if (data.payload !== void 0) {
          let data0 = data.payload;
          const _errs2 = errors;
          if (!(data0 && typeof data0 == "object" && !Array.isArray(data0)) && data0 !== null) {
            validate35.errors = [{ instancePath: instancePath + "/payload", schemaPath: "#/properties/payload/type", keyword: "type", params: { type: schema57.properties.payload.type }, message: "must be object,null" }];
            return false;
          }
          var valid1 = _errs2 === errors;
        } else {
          var valid1 = true;
        }
        if (valid1) {
          if (data.withheld !== void 0) {
            const _errs5 = errors;
            if (typeof data.withheld !== "boolean") {
              validate35.errors = [{ instancePath: instancePath + "/withheld", schemaPath: "#/properties/withheld/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
              return false;
            }
            var valid1 = _errs5 === errors;
          } else {
            var valid1 = true;
          }
          if (valid1) {
            if (data.attempts !== void 0) {
              let data2 = data.attempts;
              const _errs7 = errors;
              if (errors === _errs7) {
                if (Array.isArray(data2)) {
                  if (data2.length > 10) {
                    validate35.errors = [{ instancePath: instancePath + "/attempts", schemaPath: "#/properties/attempts/maxItems", keyword: "maxItems", params: { limit: 10 }, message: "must NOT have more than 10 items" }];
                    return false;
                  } else {
                    var valid2 = true;
                    const len0 = data2.length;
                    for (let i0 = 0; i0 < len0; i0++) {
                      const _errs9 = errors;
                      if (!validate37(data2[i0], { instancePath: instancePath + "/attempts/" + i0, parentData: data2, parentDataProperty: i0, rootData, dynamicAnchors })) {
                        vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
                        errors = vErrors.length;
                      }
                      var valid2 = _errs9 === errors;
                      if (!valid2) {
                        break;
                      }
                    }
                  }
                } else {
                  validate35.errors = [{ instancePath: instancePath + "/attempts", schemaPath: "#/properties/attempts/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                  return false;
                }
              }
              var valid1 = _errs7 === errors;
            } else {
              var valid1 = true;
            }
            if (valid1) {
              if (data.history !== void 0) {
                let data4 = data.history;
                const _errs10 = errors;
                if (errors === _errs10) {
                  if (Array.isArray(data4)) {
                    if (data4.length > 20) {
                      validate35.errors = [{ instancePath: instancePath + "/history", schemaPath: "#/properties/history/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items" }];
                      return false;
                    } else {
                      var valid3 = true;
                      const len1 = data4.length;
                      for (let i1 = 0; i1 < len1; i1++) {
                        const _errs12 = errors;
                        if (!validate41(data4[i1], { instancePath: instancePath + "/history/" + i1, parentData: data4, parentDataProperty: i1, rootData, dynamicAnchors })) {
                          vErrors = vErrors === null ? validate41.errors : vErrors.concat(validate41.errors);
                          errors = vErrors.length;
                        }
                        var valid3 = _errs12 === errors;
                        if (!valid3) {
                          break;
                        }
                      }
                    }
                  } else {
                    validate35.errors = [{ instancePath: instancePath + "/history", schemaPath: "#/properties/history/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                    return false;
                  }
                }
                var valid1 = _errs10 === errors;
              } else {
                var valid1 = true;
              }
              if (valid1) {
                for (const key0 in data) {
                  if (key0 !== "payload" && key0 !== "withheld" && key0 !== "result" && key0 !== "attempts" && key0 !== "history" && key0 !== "taskId" && key0 !== "type" && key0 !== "status" && key0 !== "version" && key0 !== "attempt" && key0 !== "maxAttempts" && key0 !== "attemptsTotal" && key0 !== "createdAt" && key0 !== "updatedAt" && key0 !== "runAt" && key0 !== "notBefore" && key0 !== "finishedAt" && key0 !== "expiresAt" && key0 !== "waiting" && key0 !== "cancelRequested" && key0 !== "progress" && key0 !== "lastFailure" && key0 !== "tags" && key0 !== "payloadEdited" && key0 !== "discarded") {
                    validate35.errors = [{ instancePath, schemaPath: "#/unevaluatedProperties", keyword: "unevaluatedProperties", params: { unevaluatedProperty: key0 }, message: "must NOT have unevaluated properties" }];
                    return false;
                    break;
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate35.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate35.errors = vErrors;
  return errors === 0;
}
validate35.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var AttemptDetail = validate43;
var schema67 = { "type": "object", "description": "An attempt with what its handler said.", "unevaluatedProperties": false, "allOf": [{ "$ref": "AttemptFields" }], "required": ["message", "log", "logTruncated", "withheld"], "properties": { "withheld": { "type": "boolean", "description": "The log lines are not shown, because the caller has no scope `payloads:read`." }, "message": { "type": ["string", "null"], "description": "The whole error message of the handler, at most 2 KB. Null when there is none." }, "log": { "type": "array", "maxItems": 100, "description": "The last lines, at most 100 and 8 KB.", "items": { "$ref": "LogLine" } }, "logTruncated": { "type": "boolean", "description": "Earlier lines were dropped." } } };
var schema68 = { "type": "object", "additionalProperties": false, "required": ["at", "level", "text"], "properties": { "at": { "$ref": "Timestamp" }, "level": { "type": "string", "enum": ["debug", "info", "warn", "error"] }, "text": { "type": "string" } } };
function validate45(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate45.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.at === void 0 && (missing0 = "at") || data.level === void 0 && (missing0 = "level") || data.text === void 0 && (missing0 = "text")) {
        validate45.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "at" || key0 === "level" || key0 === "text")) {
            validate45.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.at !== void 0) {
            let data0 = data.at;
            const _errs2 = errors;
            const _errs3 = errors;
            if (errors === _errs3) {
              if (errors === _errs3) {
                if (typeof data0 === "string") {
                  if (!formats0.test(data0)) {
                    validate45.errors = [{ instancePath: instancePath + "/at", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                    return false;
                  }
                } else {
                  validate45.errors = [{ instancePath: instancePath + "/at", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.level !== void 0) {
              let data1 = data.level;
              const _errs5 = errors;
              if (typeof data1 !== "string") {
                validate45.errors = [{ instancePath: instancePath + "/level", schemaPath: "#/properties/level/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              if (!(data1 === "debug" || data1 === "info" || data1 === "warn" || data1 === "error")) {
                validate45.errors = [{ instancePath: instancePath + "/level", schemaPath: "#/properties/level/enum", keyword: "enum", params: { allowedValues: schema68.properties.level.enum }, message: "must be equal to one of the allowed values" }];
                return false;
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.text !== void 0) {
                const _errs7 = errors;
                if (typeof data.text !== "string") {
                  validate45.errors = [{ instancePath: instancePath + "/text", schemaPath: "#/properties/text/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                var valid0 = _errs7 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate45.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate45.errors = vErrors;
  return errors === 0;
}
validate45.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate43(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate43.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (!validate38(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
    vErrors = vErrors === null ? validate38.errors : vErrors.concat(validate38.errors);
    errors = vErrors.length;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.message === void 0 && (missing0 = "message") || data.log === void 0 && (missing0 = "log") || data.logTruncated === void 0 && (missing0 = "logTruncated") || data.withheld === void 0 && (missing0 = "withheld")) {
        validate43.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        if (data.withheld !== void 0) {
          const _errs2 = errors;
          if (typeof data.withheld !== "boolean") {
            validate43.errors = [{ instancePath: instancePath + "/withheld", schemaPath: "#/properties/withheld/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
            return false;
          }
          var valid1 = _errs2 === errors;
        } else {
          var valid1 = true;
        }
        if (valid1) {
          if (data.message !== void 0) {
            let data1 = data.message;
            const _errs4 = errors;
            if (typeof data1 !== "string" && data1 !== null) {
              validate43.errors = [{ instancePath: instancePath + "/message", schemaPath: "#/properties/message/type", keyword: "type", params: { type: schema67.properties.message.type }, message: "must be string,null" }];
              return false;
            }
            var valid1 = _errs4 === errors;
          } else {
            var valid1 = true;
          }
          if (valid1) {
            if (data.log !== void 0) {
              let data2 = data.log;
              const _errs6 = errors;
              if (errors === _errs6) {
                if (Array.isArray(data2)) {
                  if (data2.length > 100) {
                    validate43.errors = [{ instancePath: instancePath + "/log", schemaPath: "#/properties/log/maxItems", keyword: "maxItems", params: { limit: 100 }, message: "must NOT have more than 100 items" }];
                    return false;
                  } else {
                    var valid2 = true;
                    const len0 = data2.length;
                    for (let i0 = 0; i0 < len0; i0++) {
                      const _errs8 = errors;
                      if (!validate45(data2[i0], { instancePath: instancePath + "/log/" + i0, parentData: data2, parentDataProperty: i0, rootData, dynamicAnchors })) {
                        vErrors = vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
                        errors = vErrors.length;
                      }
                      var valid2 = _errs8 === errors;
                      if (!valid2) {
                        break;
                      }
                    }
                  }
                } else {
                  validate43.errors = [{ instancePath: instancePath + "/log", schemaPath: "#/properties/log/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                  return false;
                }
              }
              var valid1 = _errs6 === errors;
            } else {
              var valid1 = true;
            }
            if (valid1) {
              if (data.logTruncated !== void 0) {
                const _errs9 = errors;
                if (typeof data.logTruncated !== "boolean") {
                  validate43.errors = [{ instancePath: instancePath + "/logTruncated", schemaPath: "#/properties/logTruncated/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
                  return false;
                }
                var valid1 = _errs9 === errors;
              } else {
                var valid1 = true;
              }
              if (valid1) {
                for (const key0 in data) {
                  if (key0 !== "withheld" && key0 !== "message" && key0 !== "log" && key0 !== "logTruncated" && key0 !== "fence" && key0 !== "attempt" && key0 !== "startedAt" && key0 !== "endedAt" && key0 !== "outcome" && key0 !== "class" && key0 !== "code" && key0 !== "delayMs") {
                    validate43.errors = [{ instancePath, schemaPath: "#/unevaluatedProperties", keyword: "unevaluatedProperties", params: { unevaluatedProperty: key0 }, message: "must NOT have unevaluated properties" }];
                    return false;
                    break;
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate43.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate43.errors = vErrors;
  return errors === 0;
}
validate43.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var Health = validate47;
function validate47(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate47.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.status === void 0 && (missing0 = "status") || data.version === void 0 && (missing0 = "version")) {
        validate47.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "status" || key0 === "version")) {
            validate47.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.status !== void 0) {
            let data0 = data.status;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate47.errors = [{ instancePath: instancePath + "/status", schemaPath: "#/properties/status/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if ("ok" !== data0) {
              validate47.errors = [{ instancePath: instancePath + "/status", schemaPath: "#/properties/status/const", keyword: "const", params: { allowedValue: "ok" }, message: "must be equal to constant" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.version !== void 0) {
              const _errs4 = errors;
              if (typeof data.version !== "string") {
                validate47.errors = [{ instancePath: instancePath + "/version", schemaPath: "#/properties/version/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate47.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate47.errors = vErrors;
  return errors === 0;
}
validate47.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var Readiness = validate48;
var schema71 = { "type": "object", "additionalProperties": false, "required": ["status", "checks"], "properties": { "status": { "type": "string", "enum": ["ready", "unready"] }, "checks": { "type": "array", "items": { "$ref": "ReadinessCheck" } } } };
var schema72 = { "type": "object", "additionalProperties": false, "required": ["name", "ok", "lastAt", "detail"], "properties": { "name": { "type": "string", "x-grows": true, "enum": ["ledger", "sweep", "workers"] }, "ok": { "type": "boolean" }, "lastAt": { "description": "When it last went well.", "anyOf": [{ "$ref": "Timestamp" }, { "type": "null" }] }, "detail": { "type": ["string", "null"], "description": "What is wrong, and the next step." } } };
function validate49(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate49.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.ok === void 0 && (missing0 = "ok") || data.lastAt === void 0 && (missing0 = "lastAt") || data.detail === void 0 && (missing0 = "detail")) {
        validate49.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "ok" || key0 === "lastAt" || key0 === "detail")) {
            validate49.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            let data0 = data.name;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate49.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if (!(data0 === "ledger" || data0 === "sweep" || data0 === "workers")) {
              validate49.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/enum", keyword: "enum", params: { allowedValues: schema72.properties.name.enum }, message: "must be equal to one of the allowed values" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.ok !== void 0) {
              const _errs4 = errors;
              if (typeof data.ok !== "boolean") {
                validate49.errors = [{ instancePath: instancePath + "/ok", schemaPath: "#/properties/ok/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.lastAt !== void 0) {
                let data2 = data.lastAt;
                const _errs6 = errors;
                const _errs7 = errors;
                let valid1 = false;
                const _errs8 = errors;
                const _errs9 = errors;
                if (errors === _errs9) {
                  if (errors === _errs9) {
                    if (typeof data2 === "string") {
                      if (!formats0.test(data2)) {
                        const err0 = { instancePath: instancePath + "/lastAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' };
                        if (vErrors === null) {
                          vErrors = [err0];
                        } else {
                          vErrors.push(err0);
                        }
                        errors++;
                      }
                    } else {
                      const err1 = { instancePath: instancePath + "/lastAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                      if (vErrors === null) {
                        vErrors = [err1];
                      } else {
                        vErrors.push(err1);
                      }
                      errors++;
                    }
                  }
                }
                var _valid0 = _errs8 === errors;
                valid1 = valid1 || _valid0;
                const _errs11 = errors;
                if (data2 !== null) {
                  const err2 = { instancePath: instancePath + "/lastAt", schemaPath: "#/properties/lastAt/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                  if (vErrors === null) {
                    vErrors = [err2];
                  } else {
                    vErrors.push(err2);
                  }
                  errors++;
                }
                var _valid0 = _errs11 === errors;
                valid1 = valid1 || _valid0;
                if (!valid1) {
                  const err3 = { instancePath: instancePath + "/lastAt", schemaPath: "#/properties/lastAt/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                  if (vErrors === null) {
                    vErrors = [err3];
                  } else {
                    vErrors.push(err3);
                  }
                  errors++;
                  validate49.errors = vErrors;
                  return false;
                } else {
                  errors = _errs7;
                  if (vErrors !== null) {
                    if (_errs7) {
                      vErrors.length = _errs7;
                    } else {
                      vErrors = null;
                    }
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.detail !== void 0) {
                  let data3 = data.detail;
                  const _errs13 = errors;
                  if (typeof data3 !== "string" && data3 !== null) {
                    validate49.errors = [{ instancePath: instancePath + "/detail", schemaPath: "#/properties/detail/type", keyword: "type", params: { type: schema72.properties.detail.type }, message: "must be string,null" }];
                    return false;
                  }
                  var valid0 = _errs13 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate49.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate49.errors = vErrors;
  return errors === 0;
}
validate49.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate48(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate48.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.status === void 0 && (missing0 = "status") || data.checks === void 0 && (missing0 = "checks")) {
        validate48.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "status" || key0 === "checks")) {
            validate48.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.status !== void 0) {
            let data0 = data.status;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate48.errors = [{ instancePath: instancePath + "/status", schemaPath: "#/properties/status/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if (!(data0 === "ready" || data0 === "unready")) {
              validate48.errors = [{ instancePath: instancePath + "/status", schemaPath: "#/properties/status/enum", keyword: "enum", params: { allowedValues: schema71.properties.status.enum }, message: "must be equal to one of the allowed values" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.checks !== void 0) {
              let data1 = data.checks;
              const _errs4 = errors;
              if (errors === _errs4) {
                if (Array.isArray(data1)) {
                  var valid1 = true;
                  const len0 = data1.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    const _errs6 = errors;
                    if (!validate49(data1[i0], { instancePath: instancePath + "/checks/" + i0, parentData: data1, parentDataProperty: i0, rootData, dynamicAnchors })) {
                      vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
                      errors = vErrors.length;
                    }
                    var valid1 = _errs6 === errors;
                    if (!valid1) {
                      break;
                    }
                  }
                } else {
                  validate48.errors = [{ instancePath: instancePath + "/checks", schemaPath: "#/properties/checks/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate48.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate48.errors = vErrors;
  return errors === 0;
}
validate48.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var TypeList = validate51;
var schema75 = { "type": "object", "additionalProperties": false, "required": ["type", "title", "description", "version", "payloadSchema", "resultSchema", "examples", "policy", "state", "problem"], "properties": { "type": { "type": "string", "description": "The name of its folder; one that is no type name is listed with its problem." }, "title": { "type": "string" }, "description": { "type": "string" }, "version": { "type": ["integer", "null"], "minimum": 1, "description": "The version of the payload that new tasks are stored with; null when the schema cannot be read." }, "payloadSchema": { "type": ["object", "null"], "additionalProperties": true, "description": "JSON Schema 2020-12, written out; null when it cannot be read." }, "resultSchema": { "type": ["object", "null"], "additionalProperties": true, "description": "What a result should look like, likewise. Results are not judged by it: a refusal would come after the effect." }, "examples": { "type": "array", "items": { "$ref": "TypeExample" } }, "policy": { "description": "As the handler states it, with defaults filled in; null until a worker has loaded it.", "anyOf": [{ "$ref": "TypePolicy" }, { "type": "null" }] }, "state": { "type": "string", "enum": ["available", "unavailable"], "description": "Submits of an unavailable type are 503 `type-unavailable`." }, "problem": { "type": ["string", "null"], "description": "Why it is unavailable, for whoever writes the type; null when it is available." } } };
var func2 = Object.prototype.hasOwnProperty;
function validate52(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate52.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.type === void 0 && (missing0 = "type") || data.title === void 0 && (missing0 = "title") || data.description === void 0 && (missing0 = "description") || data.version === void 0 && (missing0 = "version") || data.payloadSchema === void 0 && (missing0 = "payloadSchema") || data.resultSchema === void 0 && (missing0 = "resultSchema") || data.examples === void 0 && (missing0 = "examples") || data.policy === void 0 && (missing0 = "policy") || data.state === void 0 && (missing0 = "state") || data.problem === void 0 && (missing0 = "problem")) {
        validate52.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!func2.call(schema75.properties, key0)) {
            validate52.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.type !== void 0) {
            const _errs2 = errors;
            if (typeof data.type !== "string") {
              validate52.errors = [{ instancePath: instancePath + "/type", schemaPath: "#/properties/type/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.title !== void 0) {
              const _errs4 = errors;
              if (typeof data.title !== "string") {
                validate52.errors = [{ instancePath: instancePath + "/title", schemaPath: "#/properties/title/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.description !== void 0) {
                const _errs6 = errors;
                if (typeof data.description !== "string") {
                  validate52.errors = [{ instancePath: instancePath + "/description", schemaPath: "#/properties/description/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.version !== void 0) {
                  let data3 = data.version;
                  const _errs8 = errors;
                  if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3)) && data3 !== null) {
                    validate52.errors = [{ instancePath: instancePath + "/version", schemaPath: "#/properties/version/type", keyword: "type", params: { type: schema75.properties.version.type }, message: "must be integer,null" }];
                    return false;
                  }
                  if (errors === _errs8) {
                    if (typeof data3 == "number" && isFinite(data3)) {
                      if (data3 < 1 || isNaN(data3)) {
                        validate52.errors = [{ instancePath: instancePath + "/version", schemaPath: "#/properties/version/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                        return false;
                      }
                    }
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.payloadSchema !== void 0) {
                    let data4 = data.payloadSchema;
                    const _errs10 = errors;
                    if (!(data4 && typeof data4 == "object" && !Array.isArray(data4)) && data4 !== null) {
                      validate52.errors = [{ instancePath: instancePath + "/payloadSchema", schemaPath: "#/properties/payloadSchema/type", keyword: "type", params: { type: schema75.properties.payloadSchema.type }, message: "must be object,null" }];
                      return false;
                    }
                    var valid0 = _errs10 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.resultSchema !== void 0) {
                      let data5 = data.resultSchema;
                      const _errs13 = errors;
                      if (!(data5 && typeof data5 == "object" && !Array.isArray(data5)) && data5 !== null) {
                        validate52.errors = [{ instancePath: instancePath + "/resultSchema", schemaPath: "#/properties/resultSchema/type", keyword: "type", params: { type: schema75.properties.resultSchema.type }, message: "must be object,null" }];
                        return false;
                      }
                      var valid0 = _errs13 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.examples !== void 0) {
                        let data6 = data.examples;
                        const _errs16 = errors;
                        if (errors === _errs16) {
                          if (Array.isArray(data6)) {
                            var valid1 = true;
                            const len0 = data6.length;
                            for (let i0 = 0; i0 < len0; i0++) {
                              let data7 = data6[i0];
                              const _errs18 = errors;
                              const _errs19 = errors;
                              if (errors === _errs19) {
                                if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
                                  let missing1;
                                  if (data7.summary === void 0 && (missing1 = "summary") || data7.payload === void 0 && (missing1 = "payload")) {
                                    validate52.errors = [{ instancePath: instancePath + "/examples/" + i0, schemaPath: "TypeExample/required", keyword: "required", params: { missingProperty: missing1 }, message: "must have required property '" + missing1 + "'" }];
                                    return false;
                                  } else {
                                    const _errs21 = errors;
                                    for (const key1 in data7) {
                                      if (!(key1 === "summary" || key1 === "payload" || key1 === "result")) {
                                        validate52.errors = [{ instancePath: instancePath + "/examples/" + i0, schemaPath: "TypeExample/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" }];
                                        return false;
                                        break;
                                      }
                                    }
                                    if (_errs21 === errors) {
                                      if (data7.summary !== void 0) {
                                        const _errs22 = errors;
                                        if (typeof data7.summary !== "string") {
                                          validate52.errors = [{ instancePath: instancePath + "/examples/" + i0 + "/summary", schemaPath: "TypeExample/properties/summary/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                          return false;
                                        }
                                        var valid3 = _errs22 === errors;
                                      } else {
                                        var valid3 = true;
                                      }
                                      if (valid3) {
                                        if (data7.payload !== void 0) {
                                          let data9 = data7.payload;
                                          const _errs24 = errors;
                                          if (errors === _errs24) {
                                            if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
                                            } else {
                                              validate52.errors = [{ instancePath: instancePath + "/examples/" + i0 + "/payload", schemaPath: "TypeExample/properties/payload/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                                              return false;
                                            }
                                          }
                                          var valid3 = _errs24 === errors;
                                        } else {
                                          var valid3 = true;
                                        }
                                      }
                                    }
                                  }
                                } else {
                                  validate52.errors = [{ instancePath: instancePath + "/examples/" + i0, schemaPath: "TypeExample/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                                  return false;
                                }
                              }
                              var valid1 = _errs18 === errors;
                              if (!valid1) {
                                break;
                              }
                            }
                          } else {
                            validate52.errors = [{ instancePath: instancePath + "/examples", schemaPath: "#/properties/examples/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                            return false;
                          }
                        }
                        var valid0 = _errs16 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.policy !== void 0) {
                          let data10 = data.policy;
                          const _errs27 = errors;
                          const _errs28 = errors;
                          let valid4 = false;
                          const _errs29 = errors;
                          const _errs30 = errors;
                          if (errors === _errs30) {
                            if (data10 && typeof data10 == "object" && !Array.isArray(data10)) {
                              let missing2;
                              if (data10.maxAttempts === void 0 && (missing2 = "maxAttempts") || data10.timeoutSeconds === void 0 && (missing2 = "timeoutSeconds") || data10.backoff === void 0 && (missing2 = "backoff") || data10.maxAgeSeconds === void 0 && (missing2 = "maxAgeSeconds")) {
                                const err0 = { instancePath: instancePath + "/policy", schemaPath: "TypePolicy/required", keyword: "required", params: { missingProperty: missing2 }, message: "must have required property '" + missing2 + "'" };
                                if (vErrors === null) {
                                  vErrors = [err0];
                                } else {
                                  vErrors.push(err0);
                                }
                                errors++;
                              } else {
                                const _errs32 = errors;
                                for (const key2 in data10) {
                                  if (!(key2 === "maxAttempts" || key2 === "timeoutSeconds" || key2 === "backoff" || key2 === "maxAgeSeconds")) {
                                    const err1 = { instancePath: instancePath + "/policy", schemaPath: "TypePolicy/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
                                    if (vErrors === null) {
                                      vErrors = [err1];
                                    } else {
                                      vErrors.push(err1);
                                    }
                                    errors++;
                                    break;
                                  }
                                }
                                if (_errs32 === errors) {
                                  if (data10.maxAttempts !== void 0) {
                                    let data11 = data10.maxAttempts;
                                    const _errs33 = errors;
                                    if (!(typeof data11 == "number" && (!(data11 % 1) && !isNaN(data11)) && isFinite(data11))) {
                                      const err2 = { instancePath: instancePath + "/policy/maxAttempts", schemaPath: "TypePolicy/properties/maxAttempts/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                                      if (vErrors === null) {
                                        vErrors = [err2];
                                      } else {
                                        vErrors.push(err2);
                                      }
                                      errors++;
                                    }
                                    if (errors === _errs33) {
                                      if (typeof data11 == "number" && isFinite(data11)) {
                                        if (data11 < 1 || isNaN(data11)) {
                                          const err3 = { instancePath: instancePath + "/policy/maxAttempts", schemaPath: "TypePolicy/properties/maxAttempts/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                                          if (vErrors === null) {
                                            vErrors = [err3];
                                          } else {
                                            vErrors.push(err3);
                                          }
                                          errors++;
                                        }
                                      }
                                    }
                                    var valid6 = _errs33 === errors;
                                  } else {
                                    var valid6 = true;
                                  }
                                  if (valid6) {
                                    if (data10.timeoutSeconds !== void 0) {
                                      let data12 = data10.timeoutSeconds;
                                      const _errs35 = errors;
                                      if (errors === _errs35) {
                                        if (typeof data12 == "number" && isFinite(data12)) {
                                          if (data12 <= 0 || isNaN(data12)) {
                                            const err4 = { instancePath: instancePath + "/policy/timeoutSeconds", schemaPath: "TypePolicy/properties/timeoutSeconds/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" };
                                            if (vErrors === null) {
                                              vErrors = [err4];
                                            } else {
                                              vErrors.push(err4);
                                            }
                                            errors++;
                                          }
                                        } else {
                                          const err5 = { instancePath: instancePath + "/policy/timeoutSeconds", schemaPath: "TypePolicy/properties/timeoutSeconds/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                          if (vErrors === null) {
                                            vErrors = [err5];
                                          } else {
                                            vErrors.push(err5);
                                          }
                                          errors++;
                                        }
                                      }
                                      var valid6 = _errs35 === errors;
                                    } else {
                                      var valid6 = true;
                                    }
                                    if (valid6) {
                                      if (data10.backoff !== void 0) {
                                        let data13 = data10.backoff;
                                        const _errs37 = errors;
                                        if (errors === _errs37) {
                                          if (data13 && typeof data13 == "object" && !Array.isArray(data13)) {
                                            let missing3;
                                            if (data13.floorSeconds === void 0 && (missing3 = "floorSeconds") || data13.baseSeconds === void 0 && (missing3 = "baseSeconds") || data13.capSeconds === void 0 && (missing3 = "capSeconds")) {
                                              const err6 = { instancePath: instancePath + "/policy/backoff", schemaPath: "TypePolicy/properties/backoff/required", keyword: "required", params: { missingProperty: missing3 }, message: "must have required property '" + missing3 + "'" };
                                              if (vErrors === null) {
                                                vErrors = [err6];
                                              } else {
                                                vErrors.push(err6);
                                              }
                                              errors++;
                                            } else {
                                              const _errs39 = errors;
                                              for (const key3 in data13) {
                                                if (!(key3 === "floorSeconds" || key3 === "baseSeconds" || key3 === "capSeconds")) {
                                                  const err7 = { instancePath: instancePath + "/policy/backoff", schemaPath: "TypePolicy/properties/backoff/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" };
                                                  if (vErrors === null) {
                                                    vErrors = [err7];
                                                  } else {
                                                    vErrors.push(err7);
                                                  }
                                                  errors++;
                                                  break;
                                                }
                                              }
                                              if (_errs39 === errors) {
                                                if (data13.floorSeconds !== void 0) {
                                                  let data14 = data13.floorSeconds;
                                                  const _errs40 = errors;
                                                  if (errors === _errs40) {
                                                    if (typeof data14 == "number" && isFinite(data14)) {
                                                      if (data14 <= 0 || isNaN(data14)) {
                                                        const err8 = { instancePath: instancePath + "/policy/backoff/floorSeconds", schemaPath: "TypePolicy/properties/backoff/properties/floorSeconds/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" };
                                                        if (vErrors === null) {
                                                          vErrors = [err8];
                                                        } else {
                                                          vErrors.push(err8);
                                                        }
                                                        errors++;
                                                      }
                                                    } else {
                                                      const err9 = { instancePath: instancePath + "/policy/backoff/floorSeconds", schemaPath: "TypePolicy/properties/backoff/properties/floorSeconds/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                                      if (vErrors === null) {
                                                        vErrors = [err9];
                                                      } else {
                                                        vErrors.push(err9);
                                                      }
                                                      errors++;
                                                    }
                                                  }
                                                  var valid7 = _errs40 === errors;
                                                } else {
                                                  var valid7 = true;
                                                }
                                                if (valid7) {
                                                  if (data13.baseSeconds !== void 0) {
                                                    let data15 = data13.baseSeconds;
                                                    const _errs42 = errors;
                                                    if (errors === _errs42) {
                                                      if (typeof data15 == "number" && isFinite(data15)) {
                                                        if (data15 <= 0 || isNaN(data15)) {
                                                          const err10 = { instancePath: instancePath + "/policy/backoff/baseSeconds", schemaPath: "TypePolicy/properties/backoff/properties/baseSeconds/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" };
                                                          if (vErrors === null) {
                                                            vErrors = [err10];
                                                          } else {
                                                            vErrors.push(err10);
                                                          }
                                                          errors++;
                                                        }
                                                      } else {
                                                        const err11 = { instancePath: instancePath + "/policy/backoff/baseSeconds", schemaPath: "TypePolicy/properties/backoff/properties/baseSeconds/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                                        if (vErrors === null) {
                                                          vErrors = [err11];
                                                        } else {
                                                          vErrors.push(err11);
                                                        }
                                                        errors++;
                                                      }
                                                    }
                                                    var valid7 = _errs42 === errors;
                                                  } else {
                                                    var valid7 = true;
                                                  }
                                                  if (valid7) {
                                                    if (data13.capSeconds !== void 0) {
                                                      let data16 = data13.capSeconds;
                                                      const _errs44 = errors;
                                                      if (errors === _errs44) {
                                                        if (typeof data16 == "number" && isFinite(data16)) {
                                                          if (data16 <= 0 || isNaN(data16)) {
                                                            const err12 = { instancePath: instancePath + "/policy/backoff/capSeconds", schemaPath: "TypePolicy/properties/backoff/properties/capSeconds/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" };
                                                            if (vErrors === null) {
                                                              vErrors = [err12];
                                                            } else {
                                                              vErrors.push(err12);
                                                            }
                                                            errors++;
                                                          }
                                                        } else {
                                                          const err13 = { instancePath: instancePath + "/policy/backoff/capSeconds", schemaPath: "TypePolicy/properties/backoff/properties/capSeconds/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                                          if (vErrors === null) {
                                                            vErrors = [err13];
                                                          } else {
                                                            vErrors.push(err13);
                                                          }
                                                          errors++;
                                                        }
                                                      }
                                                      var valid7 = _errs44 === errors;
                                                    } else {
                                                      var valid7 = true;
                                                    }
                                                  }
                                                }
                                              }
                                            }
                                          } else {
                                            const err14 = { instancePath: instancePath + "/policy/backoff", schemaPath: "TypePolicy/properties/backoff/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                                            if (vErrors === null) {
                                              vErrors = [err14];
                                            } else {
                                              vErrors.push(err14);
                                            }
                                            errors++;
                                          }
                                        }
                                        var valid6 = _errs37 === errors;
                                      } else {
                                        var valid6 = true;
                                      }
                                      if (valid6) {
                                        if (data10.maxAgeSeconds !== void 0) {
                                          let data17 = data10.maxAgeSeconds;
                                          const _errs46 = errors;
                                          if (errors === _errs46) {
                                            if (typeof data17 == "number" && isFinite(data17)) {
                                              if (data17 <= 0 || isNaN(data17)) {
                                                const err15 = { instancePath: instancePath + "/policy/maxAgeSeconds", schemaPath: "TypePolicy/properties/maxAgeSeconds/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" };
                                                if (vErrors === null) {
                                                  vErrors = [err15];
                                                } else {
                                                  vErrors.push(err15);
                                                }
                                                errors++;
                                              }
                                            } else {
                                              const err16 = { instancePath: instancePath + "/policy/maxAgeSeconds", schemaPath: "TypePolicy/properties/maxAgeSeconds/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                              if (vErrors === null) {
                                                vErrors = [err16];
                                              } else {
                                                vErrors.push(err16);
                                              }
                                              errors++;
                                            }
                                          }
                                          var valid6 = _errs46 === errors;
                                        } else {
                                          var valid6 = true;
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            } else {
                              const err17 = { instancePath: instancePath + "/policy", schemaPath: "TypePolicy/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                              if (vErrors === null) {
                                vErrors = [err17];
                              } else {
                                vErrors.push(err17);
                              }
                              errors++;
                            }
                          }
                          var _valid0 = _errs29 === errors;
                          valid4 = valid4 || _valid0;
                          const _errs48 = errors;
                          if (data10 !== null) {
                            const err18 = { instancePath: instancePath + "/policy", schemaPath: "#/properties/policy/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                            if (vErrors === null) {
                              vErrors = [err18];
                            } else {
                              vErrors.push(err18);
                            }
                            errors++;
                          }
                          var _valid0 = _errs48 === errors;
                          valid4 = valid4 || _valid0;
                          if (!valid4) {
                            const err19 = { instancePath: instancePath + "/policy", schemaPath: "#/properties/policy/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                            if (vErrors === null) {
                              vErrors = [err19];
                            } else {
                              vErrors.push(err19);
                            }
                            errors++;
                            validate52.errors = vErrors;
                            return false;
                          } else {
                            errors = _errs28;
                            if (vErrors !== null) {
                              if (_errs28) {
                                vErrors.length = _errs28;
                              } else {
                                vErrors = null;
                              }
                            }
                          }
                          var valid0 = _errs27 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.state !== void 0) {
                            let data18 = data.state;
                            const _errs50 = errors;
                            if (typeof data18 !== "string") {
                              validate52.errors = [{ instancePath: instancePath + "/state", schemaPath: "#/properties/state/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                              return false;
                            }
                            if (!(data18 === "available" || data18 === "unavailable")) {
                              validate52.errors = [{ instancePath: instancePath + "/state", schemaPath: "#/properties/state/enum", keyword: "enum", params: { allowedValues: schema75.properties.state.enum }, message: "must be equal to one of the allowed values" }];
                              return false;
                            }
                            var valid0 = _errs50 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.problem !== void 0) {
                              let data19 = data.problem;
                              const _errs52 = errors;
                              if (typeof data19 !== "string" && data19 !== null) {
                                validate52.errors = [{ instancePath: instancePath + "/problem", schemaPath: "#/properties/problem/type", keyword: "type", params: { type: schema75.properties.problem.type }, message: "must be string,null" }];
                                return false;
                              }
                              var valid0 = _errs52 === errors;
                            } else {
                              var valid0 = true;
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate52.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate52.errors = vErrors;
  return errors === 0;
}
validate52.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate51(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate51.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.items === void 0 && (missing0 = "items")) {
        validate51.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "items")) {
            validate51.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.items !== void 0) {
            let data0 = data.items;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (Array.isArray(data0)) {
                var valid1 = true;
                const len0 = data0.length;
                for (let i0 = 0; i0 < len0; i0++) {
                  const _errs4 = errors;
                  if (!validate52(data0[i0], { instancePath: instancePath + "/items/" + i0, parentData: data0, parentDataProperty: i0, rootData, dynamicAnchors })) {
                    vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
                    errors = vErrors.length;
                  }
                  var valid1 = _errs4 === errors;
                  if (!valid1) {
                    break;
                  }
                }
              } else {
                validate51.errors = [{ instancePath: instancePath + "/items", schemaPath: "#/properties/items/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                return false;
              }
            }
          }
        }
      }
    } else {
      validate51.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate51.errors = vErrors;
  return errors === 0;
}
validate51.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var Stats = validate54;
var schema78 = { "type": "object", "additionalProperties": false, "required": ["window", "exact", "tasks", "oldestOverdue", "totals", "startLatency", "finishLatency", "failures", "types", "points"], "properties": { "window": { "type": "object", "additionalProperties": false, "required": ["name", "since", "until", "stepSeconds"], "properties": { "name": { "$ref": "StatsWindow" }, "since": { "$ref": "Timestamp" }, "until": { "$ref": "Timestamp" }, "stepSeconds": { "type": "integer", "minimum": 60, "description": "How far the points are apart." } } }, "exact": { "type": "boolean", "description": "Whether each change was counted once, with the change." }, "tasks": { "$ref": "TaskCounts" }, "oldestOverdue": { "description": "The task that should have started longest ago, and more than a second ago: it is ready, and the time until which it\nwas to wait is past. Looked for among the 1 000 open tasks that the sweeper looks at soonest or latest. Null when there\nis none.\n", "anyOf": [{ "$ref": "OverdueTask" }, { "type": "null" }] }, "totals": { "$ref": "StatsTotals" }, "startLatency": { "description": "From the submit (or `runAt`) to the start of the first attempt; null when none started.", "anyOf": [{ "$ref": "Latency" }, { "type": "null" }] }, "finishLatency": { "description": "From the submit (or `runAt`, or the last redrive) to success or death; null when no task reached one.", "anyOf": [{ "$ref": "Latency" }, { "type": "null" }] }, "failures": { "type": "array", "description": "One entry per class that occurred, most attempts first.", "items": { "$ref": "FailureCount" } }, "types": { "type": "array", "description": "One entry per type with a task in the window, most accepted first.", "items": { "$ref": "TypeStats" } }, "points": { "type": "array", "description": "Oldest first, without gaps; the last one is not over yet.", "items": { "$ref": "StatsPoint" } } } };
var schema79 = { "type": "string", "enum": ["15m", "1h", "6h", "24h", "7d", "14d"], "description": "The points are 1 min apart (15m, 1h), 5 min (6h), 15 min (24h), 1 h (7d) or 2 h (14d)." };
function validate55(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate55.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.taskId === void 0 && (missing0 = "taskId") || data.type === void 0 && (missing0 = "type") || data.since === void 0 && (missing0 = "since")) {
        validate55.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "taskId" || key0 === "type" || key0 === "since")) {
            validate55.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.taskId !== void 0) {
            let data0 = data.taskId;
            const _errs2 = errors;
            const _errs3 = errors;
            if (errors === _errs3) {
              if (typeof data0 === "string") {
                if (!pattern4.test(data0)) {
                  validate55.errors = [{ instancePath: instancePath + "/taskId", schemaPath: "TaskId/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_-]{1,64}$" }, message: 'must match pattern "^[A-Za-z0-9_-]{1,64}$"' }];
                  return false;
                }
              } else {
                validate55.errors = [{ instancePath: instancePath + "/taskId", schemaPath: "TaskId/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.type !== void 0) {
              let data1 = data.type;
              const _errs5 = errors;
              const _errs6 = errors;
              if (errors === _errs6) {
                if (typeof data1 === "string") {
                  if (!pattern5.test(data1)) {
                    validate55.errors = [{ instancePath: instancePath + "/type", schemaPath: "TypeName/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9-]{0,63}$" }, message: 'must match pattern "^[a-z][a-z0-9-]{0,63}$"' }];
                    return false;
                  }
                } else {
                  validate55.errors = [{ instancePath: instancePath + "/type", schemaPath: "TypeName/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.since !== void 0) {
                let data2 = data.since;
                const _errs8 = errors;
                const _errs9 = errors;
                if (errors === _errs9) {
                  if (errors === _errs9) {
                    if (typeof data2 === "string") {
                      if (!formats0.test(data2)) {
                        validate55.errors = [{ instancePath: instancePath + "/since", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                        return false;
                      }
                    } else {
                      validate55.errors = [{ instancePath: instancePath + "/since", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs8 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate55.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate55.errors = vErrors;
  return errors === 0;
}
validate55.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate57(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate57.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.class === void 0 && (missing0 = "class") || data.attempts === void 0 && (missing0 = "attempts") || data.deaths === void 0 && (missing0 = "deaths")) {
        validate57.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "class" || key0 === "attempts" || key0 === "deaths")) {
            validate57.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.class !== void 0) {
            let data0 = data.class;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate57.errors = [{ instancePath: instancePath + "/class", schemaPath: "FailureClass/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if (!(data0 === "VALIDATION" || data0 === "NETWORK" || data0 === "RATE_LIMIT" || data0 === "SYSTEM" || data0 === "TIMEOUT" || data0 === "CRASH" || data0 === "EXPIRED" || data0 === "UNKNOWN")) {
              validate57.errors = [{ instancePath: instancePath + "/class", schemaPath: "FailureClass/enum", keyword: "enum", params: { allowedValues: schema48.enum }, message: "must be equal to one of the allowed values" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.attempts !== void 0) {
              let data1 = data.attempts;
              const _errs5 = errors;
              if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
                validate57.errors = [{ instancePath: instancePath + "/attempts", schemaPath: "#/properties/attempts/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                return false;
              }
              if (errors === _errs5) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 < 0 || isNaN(data1)) {
                    validate57.errors = [{ instancePath: instancePath + "/attempts", schemaPath: "#/properties/attempts/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                    return false;
                  }
                }
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.deaths !== void 0) {
                let data2 = data.deaths;
                const _errs7 = errors;
                if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                  validate57.errors = [{ instancePath: instancePath + "/deaths", schemaPath: "#/properties/deaths/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs7) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 < 0 || isNaN(data2)) {
                      validate57.errors = [{ instancePath: instancePath + "/deaths", schemaPath: "#/properties/deaths/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs7 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate57.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate57.errors = vErrors;
  return errors === 0;
}
validate57.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate59(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate59.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.type === void 0 && (missing0 = "type") || data.totals === void 0 && (missing0 = "totals") || data.startLatency === void 0 && (missing0 = "startLatency") || data.finishLatency === void 0 && (missing0 = "finishLatency")) {
        validate59.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "type" || key0 === "totals" || key0 === "startLatency" || key0 === "finishLatency")) {
            validate59.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.type !== void 0) {
            let data0 = data.type;
            const _errs2 = errors;
            const _errs3 = errors;
            if (errors === _errs3) {
              if (typeof data0 === "string") {
                if (!pattern5.test(data0)) {
                  validate59.errors = [{ instancePath: instancePath + "/type", schemaPath: "TypeName/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9-]{0,63}$" }, message: 'must match pattern "^[a-z][a-z0-9-]{0,63}$"' }];
                  return false;
                }
              } else {
                validate59.errors = [{ instancePath: instancePath + "/type", schemaPath: "TypeName/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.totals !== void 0) {
              let data1 = data.totals;
              const _errs5 = errors;
              const _errs6 = errors;
              if (errors === _errs6) {
                if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
                  let missing1;
                  if (data1.accepted === void 0 && (missing1 = "accepted") || data1.started === void 0 && (missing1 = "started") || data1.succeeded === void 0 && (missing1 = "succeeded") || data1.dead === void 0 && (missing1 = "dead") || data1.cancelled === void 0 && (missing1 = "cancelled") || data1.redriven === void 0 && (missing1 = "redriven") || data1.failedAttempts === void 0 && (missing1 = "failedAttempts") || data1.lostAttempts === void 0 && (missing1 = "lostAttempts")) {
                    validate59.errors = [{ instancePath: instancePath + "/totals", schemaPath: "StatsTotals/required", keyword: "required", params: { missingProperty: missing1 }, message: "must have required property '" + missing1 + "'" }];
                    return false;
                  } else {
                    const _errs8 = errors;
                    for (const key1 in data1) {
                      if (!(key1 === "accepted" || key1 === "started" || key1 === "succeeded" || key1 === "dead" || key1 === "cancelled" || key1 === "redriven" || key1 === "failedAttempts" || key1 === "lostAttempts")) {
                        validate59.errors = [{ instancePath: instancePath + "/totals", schemaPath: "StatsTotals/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" }];
                        return false;
                        break;
                      }
                    }
                    if (_errs8 === errors) {
                      if (data1.accepted !== void 0) {
                        let data2 = data1.accepted;
                        const _errs9 = errors;
                        if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                          validate59.errors = [{ instancePath: instancePath + "/totals/accepted", schemaPath: "StatsTotals/properties/accepted/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                          return false;
                        }
                        if (errors === _errs9) {
                          if (typeof data2 == "number" && isFinite(data2)) {
                            if (data2 < 0 || isNaN(data2)) {
                              validate59.errors = [{ instancePath: instancePath + "/totals/accepted", schemaPath: "StatsTotals/properties/accepted/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                              return false;
                            }
                          }
                        }
                        var valid3 = _errs9 === errors;
                      } else {
                        var valid3 = true;
                      }
                      if (valid3) {
                        if (data1.started !== void 0) {
                          let data3 = data1.started;
                          const _errs11 = errors;
                          if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3))) {
                            validate59.errors = [{ instancePath: instancePath + "/totals/started", schemaPath: "StatsTotals/properties/started/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                            return false;
                          }
                          if (errors === _errs11) {
                            if (typeof data3 == "number" && isFinite(data3)) {
                              if (data3 < 0 || isNaN(data3)) {
                                validate59.errors = [{ instancePath: instancePath + "/totals/started", schemaPath: "StatsTotals/properties/started/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                return false;
                              }
                            }
                          }
                          var valid3 = _errs11 === errors;
                        } else {
                          var valid3 = true;
                        }
                        if (valid3) {
                          if (data1.succeeded !== void 0) {
                            let data4 = data1.succeeded;
                            const _errs13 = errors;
                            if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
                              validate59.errors = [{ instancePath: instancePath + "/totals/succeeded", schemaPath: "StatsTotals/properties/succeeded/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                              return false;
                            }
                            if (errors === _errs13) {
                              if (typeof data4 == "number" && isFinite(data4)) {
                                if (data4 < 0 || isNaN(data4)) {
                                  validate59.errors = [{ instancePath: instancePath + "/totals/succeeded", schemaPath: "StatsTotals/properties/succeeded/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                  return false;
                                }
                              }
                            }
                            var valid3 = _errs13 === errors;
                          } else {
                            var valid3 = true;
                          }
                          if (valid3) {
                            if (data1.dead !== void 0) {
                              let data5 = data1.dead;
                              const _errs15 = errors;
                              if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
                                validate59.errors = [{ instancePath: instancePath + "/totals/dead", schemaPath: "StatsTotals/properties/dead/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                return false;
                              }
                              if (errors === _errs15) {
                                if (typeof data5 == "number" && isFinite(data5)) {
                                  if (data5 < 0 || isNaN(data5)) {
                                    validate59.errors = [{ instancePath: instancePath + "/totals/dead", schemaPath: "StatsTotals/properties/dead/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                    return false;
                                  }
                                }
                              }
                              var valid3 = _errs15 === errors;
                            } else {
                              var valid3 = true;
                            }
                            if (valid3) {
                              if (data1.cancelled !== void 0) {
                                let data6 = data1.cancelled;
                                const _errs17 = errors;
                                if (!(typeof data6 == "number" && (!(data6 % 1) && !isNaN(data6)) && isFinite(data6))) {
                                  validate59.errors = [{ instancePath: instancePath + "/totals/cancelled", schemaPath: "StatsTotals/properties/cancelled/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                  return false;
                                }
                                if (errors === _errs17) {
                                  if (typeof data6 == "number" && isFinite(data6)) {
                                    if (data6 < 0 || isNaN(data6)) {
                                      validate59.errors = [{ instancePath: instancePath + "/totals/cancelled", schemaPath: "StatsTotals/properties/cancelled/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                      return false;
                                    }
                                  }
                                }
                                var valid3 = _errs17 === errors;
                              } else {
                                var valid3 = true;
                              }
                              if (valid3) {
                                if (data1.redriven !== void 0) {
                                  let data7 = data1.redriven;
                                  const _errs19 = errors;
                                  if (!(typeof data7 == "number" && (!(data7 % 1) && !isNaN(data7)) && isFinite(data7))) {
                                    validate59.errors = [{ instancePath: instancePath + "/totals/redriven", schemaPath: "StatsTotals/properties/redriven/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                    return false;
                                  }
                                  if (errors === _errs19) {
                                    if (typeof data7 == "number" && isFinite(data7)) {
                                      if (data7 < 0 || isNaN(data7)) {
                                        validate59.errors = [{ instancePath: instancePath + "/totals/redriven", schemaPath: "StatsTotals/properties/redriven/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                        return false;
                                      }
                                    }
                                  }
                                  var valid3 = _errs19 === errors;
                                } else {
                                  var valid3 = true;
                                }
                                if (valid3) {
                                  if (data1.failedAttempts !== void 0) {
                                    let data8 = data1.failedAttempts;
                                    const _errs21 = errors;
                                    if (!(typeof data8 == "number" && (!(data8 % 1) && !isNaN(data8)) && isFinite(data8))) {
                                      validate59.errors = [{ instancePath: instancePath + "/totals/failedAttempts", schemaPath: "StatsTotals/properties/failedAttempts/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                      return false;
                                    }
                                    if (errors === _errs21) {
                                      if (typeof data8 == "number" && isFinite(data8)) {
                                        if (data8 < 0 || isNaN(data8)) {
                                          validate59.errors = [{ instancePath: instancePath + "/totals/failedAttempts", schemaPath: "StatsTotals/properties/failedAttempts/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                          return false;
                                        }
                                      }
                                    }
                                    var valid3 = _errs21 === errors;
                                  } else {
                                    var valid3 = true;
                                  }
                                  if (valid3) {
                                    if (data1.lostAttempts !== void 0) {
                                      let data9 = data1.lostAttempts;
                                      const _errs23 = errors;
                                      if (!(typeof data9 == "number" && (!(data9 % 1) && !isNaN(data9)) && isFinite(data9))) {
                                        validate59.errors = [{ instancePath: instancePath + "/totals/lostAttempts", schemaPath: "StatsTotals/properties/lostAttempts/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                        return false;
                                      }
                                      if (errors === _errs23) {
                                        if (typeof data9 == "number" && isFinite(data9)) {
                                          if (data9 < 0 || isNaN(data9)) {
                                            validate59.errors = [{ instancePath: instancePath + "/totals/lostAttempts", schemaPath: "StatsTotals/properties/lostAttempts/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                            return false;
                                          }
                                        }
                                      }
                                      var valid3 = _errs23 === errors;
                                    } else {
                                      var valid3 = true;
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                } else {
                  validate59.errors = [{ instancePath: instancePath + "/totals", schemaPath: "StatsTotals/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                  return false;
                }
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.startLatency !== void 0) {
                let data10 = data.startLatency;
                const _errs25 = errors;
                const _errs26 = errors;
                let valid4 = false;
                const _errs27 = errors;
                const _errs28 = errors;
                if (errors === _errs28) {
                  if (data10 && typeof data10 == "object" && !Array.isArray(data10)) {
                    let missing2;
                    if (data10.count === void 0 && (missing2 = "count") || data10.p50Ms === void 0 && (missing2 = "p50Ms") || data10.p95Ms === void 0 && (missing2 = "p95Ms") || data10.p99Ms === void 0 && (missing2 = "p99Ms")) {
                      const err0 = { instancePath: instancePath + "/startLatency", schemaPath: "Latency/required", keyword: "required", params: { missingProperty: missing2 }, message: "must have required property '" + missing2 + "'" };
                      if (vErrors === null) {
                        vErrors = [err0];
                      } else {
                        vErrors.push(err0);
                      }
                      errors++;
                    } else {
                      const _errs30 = errors;
                      for (const key2 in data10) {
                        if (!(key2 === "count" || key2 === "p50Ms" || key2 === "p95Ms" || key2 === "p99Ms")) {
                          const err1 = { instancePath: instancePath + "/startLatency", schemaPath: "Latency/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
                          if (vErrors === null) {
                            vErrors = [err1];
                          } else {
                            vErrors.push(err1);
                          }
                          errors++;
                          break;
                        }
                      }
                      if (_errs30 === errors) {
                        if (data10.count !== void 0) {
                          let data11 = data10.count;
                          const _errs31 = errors;
                          if (!(typeof data11 == "number" && (!(data11 % 1) && !isNaN(data11)) && isFinite(data11))) {
                            const err2 = { instancePath: instancePath + "/startLatency/count", schemaPath: "Latency/properties/count/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                            if (vErrors === null) {
                              vErrors = [err2];
                            } else {
                              vErrors.push(err2);
                            }
                            errors++;
                          }
                          if (errors === _errs31) {
                            if (typeof data11 == "number" && isFinite(data11)) {
                              if (data11 < 1 || isNaN(data11)) {
                                const err3 = { instancePath: instancePath + "/startLatency/count", schemaPath: "Latency/properties/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                                if (vErrors === null) {
                                  vErrors = [err3];
                                } else {
                                  vErrors.push(err3);
                                }
                                errors++;
                              }
                            }
                          }
                          var valid6 = _errs31 === errors;
                        } else {
                          var valid6 = true;
                        }
                        if (valid6) {
                          if (data10.p50Ms !== void 0) {
                            let data12 = data10.p50Ms;
                            const _errs33 = errors;
                            if (errors === _errs33) {
                              if (typeof data12 == "number" && isFinite(data12)) {
                                if (data12 < 0 || isNaN(data12)) {
                                  const err4 = { instancePath: instancePath + "/startLatency/p50Ms", schemaPath: "Latency/properties/p50Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                  if (vErrors === null) {
                                    vErrors = [err4];
                                  } else {
                                    vErrors.push(err4);
                                  }
                                  errors++;
                                }
                              } else {
                                const err5 = { instancePath: instancePath + "/startLatency/p50Ms", schemaPath: "Latency/properties/p50Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                if (vErrors === null) {
                                  vErrors = [err5];
                                } else {
                                  vErrors.push(err5);
                                }
                                errors++;
                              }
                            }
                            var valid6 = _errs33 === errors;
                          } else {
                            var valid6 = true;
                          }
                          if (valid6) {
                            if (data10.p95Ms !== void 0) {
                              let data13 = data10.p95Ms;
                              const _errs35 = errors;
                              if (errors === _errs35) {
                                if (typeof data13 == "number" && isFinite(data13)) {
                                  if (data13 < 0 || isNaN(data13)) {
                                    const err6 = { instancePath: instancePath + "/startLatency/p95Ms", schemaPath: "Latency/properties/p95Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                    if (vErrors === null) {
                                      vErrors = [err6];
                                    } else {
                                      vErrors.push(err6);
                                    }
                                    errors++;
                                  }
                                } else {
                                  const err7 = { instancePath: instancePath + "/startLatency/p95Ms", schemaPath: "Latency/properties/p95Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                  if (vErrors === null) {
                                    vErrors = [err7];
                                  } else {
                                    vErrors.push(err7);
                                  }
                                  errors++;
                                }
                              }
                              var valid6 = _errs35 === errors;
                            } else {
                              var valid6 = true;
                            }
                            if (valid6) {
                              if (data10.p99Ms !== void 0) {
                                let data14 = data10.p99Ms;
                                const _errs37 = errors;
                                if (errors === _errs37) {
                                  if (typeof data14 == "number" && isFinite(data14)) {
                                    if (data14 < 0 || isNaN(data14)) {
                                      const err8 = { instancePath: instancePath + "/startLatency/p99Ms", schemaPath: "Latency/properties/p99Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                      if (vErrors === null) {
                                        vErrors = [err8];
                                      } else {
                                        vErrors.push(err8);
                                      }
                                      errors++;
                                    }
                                  } else {
                                    const err9 = { instancePath: instancePath + "/startLatency/p99Ms", schemaPath: "Latency/properties/p99Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                    if (vErrors === null) {
                                      vErrors = [err9];
                                    } else {
                                      vErrors.push(err9);
                                    }
                                    errors++;
                                  }
                                }
                                var valid6 = _errs37 === errors;
                              } else {
                                var valid6 = true;
                              }
                            }
                          }
                        }
                      }
                    }
                  } else {
                    const err10 = { instancePath: instancePath + "/startLatency", schemaPath: "Latency/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err10];
                    } else {
                      vErrors.push(err10);
                    }
                    errors++;
                  }
                }
                var _valid0 = _errs27 === errors;
                valid4 = valid4 || _valid0;
                const _errs39 = errors;
                if (data10 !== null) {
                  const err11 = { instancePath: instancePath + "/startLatency", schemaPath: "#/properties/startLatency/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                  if (vErrors === null) {
                    vErrors = [err11];
                  } else {
                    vErrors.push(err11);
                  }
                  errors++;
                }
                var _valid0 = _errs39 === errors;
                valid4 = valid4 || _valid0;
                if (!valid4) {
                  const err12 = { instancePath: instancePath + "/startLatency", schemaPath: "#/properties/startLatency/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                  if (vErrors === null) {
                    vErrors = [err12];
                  } else {
                    vErrors.push(err12);
                  }
                  errors++;
                  validate59.errors = vErrors;
                  return false;
                } else {
                  errors = _errs26;
                  if (vErrors !== null) {
                    if (_errs26) {
                      vErrors.length = _errs26;
                    } else {
                      vErrors = null;
                    }
                  }
                }
                var valid0 = _errs25 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.finishLatency !== void 0) {
                  let data15 = data.finishLatency;
                  const _errs41 = errors;
                  const _errs42 = errors;
                  let valid7 = false;
                  const _errs43 = errors;
                  const _errs44 = errors;
                  if (errors === _errs44) {
                    if (data15 && typeof data15 == "object" && !Array.isArray(data15)) {
                      let missing3;
                      if (data15.count === void 0 && (missing3 = "count") || data15.p50Ms === void 0 && (missing3 = "p50Ms") || data15.p95Ms === void 0 && (missing3 = "p95Ms") || data15.p99Ms === void 0 && (missing3 = "p99Ms")) {
                        const err13 = { instancePath: instancePath + "/finishLatency", schemaPath: "Latency/required", keyword: "required", params: { missingProperty: missing3 }, message: "must have required property '" + missing3 + "'" };
                        if (vErrors === null) {
                          vErrors = [err13];
                        } else {
                          vErrors.push(err13);
                        }
                        errors++;
                      } else {
                        const _errs46 = errors;
                        for (const key3 in data15) {
                          if (!(key3 === "count" || key3 === "p50Ms" || key3 === "p95Ms" || key3 === "p99Ms")) {
                            const err14 = { instancePath: instancePath + "/finishLatency", schemaPath: "Latency/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" };
                            if (vErrors === null) {
                              vErrors = [err14];
                            } else {
                              vErrors.push(err14);
                            }
                            errors++;
                            break;
                          }
                        }
                        if (_errs46 === errors) {
                          if (data15.count !== void 0) {
                            let data16 = data15.count;
                            const _errs47 = errors;
                            if (!(typeof data16 == "number" && (!(data16 % 1) && !isNaN(data16)) && isFinite(data16))) {
                              const err15 = { instancePath: instancePath + "/finishLatency/count", schemaPath: "Latency/properties/count/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                              if (vErrors === null) {
                                vErrors = [err15];
                              } else {
                                vErrors.push(err15);
                              }
                              errors++;
                            }
                            if (errors === _errs47) {
                              if (typeof data16 == "number" && isFinite(data16)) {
                                if (data16 < 1 || isNaN(data16)) {
                                  const err16 = { instancePath: instancePath + "/finishLatency/count", schemaPath: "Latency/properties/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                                  if (vErrors === null) {
                                    vErrors = [err16];
                                  } else {
                                    vErrors.push(err16);
                                  }
                                  errors++;
                                }
                              }
                            }
                            var valid9 = _errs47 === errors;
                          } else {
                            var valid9 = true;
                          }
                          if (valid9) {
                            if (data15.p50Ms !== void 0) {
                              let data17 = data15.p50Ms;
                              const _errs49 = errors;
                              if (errors === _errs49) {
                                if (typeof data17 == "number" && isFinite(data17)) {
                                  if (data17 < 0 || isNaN(data17)) {
                                    const err17 = { instancePath: instancePath + "/finishLatency/p50Ms", schemaPath: "Latency/properties/p50Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                    if (vErrors === null) {
                                      vErrors = [err17];
                                    } else {
                                      vErrors.push(err17);
                                    }
                                    errors++;
                                  }
                                } else {
                                  const err18 = { instancePath: instancePath + "/finishLatency/p50Ms", schemaPath: "Latency/properties/p50Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                  if (vErrors === null) {
                                    vErrors = [err18];
                                  } else {
                                    vErrors.push(err18);
                                  }
                                  errors++;
                                }
                              }
                              var valid9 = _errs49 === errors;
                            } else {
                              var valid9 = true;
                            }
                            if (valid9) {
                              if (data15.p95Ms !== void 0) {
                                let data18 = data15.p95Ms;
                                const _errs51 = errors;
                                if (errors === _errs51) {
                                  if (typeof data18 == "number" && isFinite(data18)) {
                                    if (data18 < 0 || isNaN(data18)) {
                                      const err19 = { instancePath: instancePath + "/finishLatency/p95Ms", schemaPath: "Latency/properties/p95Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                      if (vErrors === null) {
                                        vErrors = [err19];
                                      } else {
                                        vErrors.push(err19);
                                      }
                                      errors++;
                                    }
                                  } else {
                                    const err20 = { instancePath: instancePath + "/finishLatency/p95Ms", schemaPath: "Latency/properties/p95Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                    if (vErrors === null) {
                                      vErrors = [err20];
                                    } else {
                                      vErrors.push(err20);
                                    }
                                    errors++;
                                  }
                                }
                                var valid9 = _errs51 === errors;
                              } else {
                                var valid9 = true;
                              }
                              if (valid9) {
                                if (data15.p99Ms !== void 0) {
                                  let data19 = data15.p99Ms;
                                  const _errs53 = errors;
                                  if (errors === _errs53) {
                                    if (typeof data19 == "number" && isFinite(data19)) {
                                      if (data19 < 0 || isNaN(data19)) {
                                        const err21 = { instancePath: instancePath + "/finishLatency/p99Ms", schemaPath: "Latency/properties/p99Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                        if (vErrors === null) {
                                          vErrors = [err21];
                                        } else {
                                          vErrors.push(err21);
                                        }
                                        errors++;
                                      }
                                    } else {
                                      const err22 = { instancePath: instancePath + "/finishLatency/p99Ms", schemaPath: "Latency/properties/p99Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                      if (vErrors === null) {
                                        vErrors = [err22];
                                      } else {
                                        vErrors.push(err22);
                                      }
                                      errors++;
                                    }
                                  }
                                  var valid9 = _errs53 === errors;
                                } else {
                                  var valid9 = true;
                                }
                              }
                            }
                          }
                        }
                      }
                    } else {
                      const err23 = { instancePath: instancePath + "/finishLatency", schemaPath: "Latency/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                      if (vErrors === null) {
                        vErrors = [err23];
                      } else {
                        vErrors.push(err23);
                      }
                      errors++;
                    }
                  }
                  var _valid1 = _errs43 === errors;
                  valid7 = valid7 || _valid1;
                  const _errs55 = errors;
                  if (data15 !== null) {
                    const err24 = { instancePath: instancePath + "/finishLatency", schemaPath: "#/properties/finishLatency/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                    if (vErrors === null) {
                      vErrors = [err24];
                    } else {
                      vErrors.push(err24);
                    }
                    errors++;
                  }
                  var _valid1 = _errs55 === errors;
                  valid7 = valid7 || _valid1;
                  if (!valid7) {
                    const err25 = { instancePath: instancePath + "/finishLatency", schemaPath: "#/properties/finishLatency/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                    if (vErrors === null) {
                      vErrors = [err25];
                    } else {
                      vErrors.push(err25);
                    }
                    errors++;
                    validate59.errors = vErrors;
                    return false;
                  } else {
                    errors = _errs42;
                    if (vErrors !== null) {
                      if (_errs42) {
                        vErrors.length = _errs42;
                      } else {
                        vErrors = null;
                      }
                    }
                  }
                  var valid0 = _errs41 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate59.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate59.errors = vErrors;
  return errors === 0;
}
validate59.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate61(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate61.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.at === void 0 && (missing0 = "at") || data.totals === void 0 && (missing0 = "totals") || data.startLatency === void 0 && (missing0 = "startLatency") || data.finishLatency === void 0 && (missing0 = "finishLatency")) {
        validate61.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "at" || key0 === "totals" || key0 === "startLatency" || key0 === "finishLatency")) {
            validate61.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.at !== void 0) {
            let data0 = data.at;
            const _errs2 = errors;
            const _errs3 = errors;
            if (errors === _errs3) {
              if (errors === _errs3) {
                if (typeof data0 === "string") {
                  if (!formats0.test(data0)) {
                    validate61.errors = [{ instancePath: instancePath + "/at", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                    return false;
                  }
                } else {
                  validate61.errors = [{ instancePath: instancePath + "/at", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.totals !== void 0) {
              let data1 = data.totals;
              const _errs5 = errors;
              const _errs6 = errors;
              if (errors === _errs6) {
                if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
                  let missing1;
                  if (data1.accepted === void 0 && (missing1 = "accepted") || data1.started === void 0 && (missing1 = "started") || data1.succeeded === void 0 && (missing1 = "succeeded") || data1.dead === void 0 && (missing1 = "dead") || data1.cancelled === void 0 && (missing1 = "cancelled") || data1.redriven === void 0 && (missing1 = "redriven") || data1.failedAttempts === void 0 && (missing1 = "failedAttempts") || data1.lostAttempts === void 0 && (missing1 = "lostAttempts")) {
                    validate61.errors = [{ instancePath: instancePath + "/totals", schemaPath: "StatsTotals/required", keyword: "required", params: { missingProperty: missing1 }, message: "must have required property '" + missing1 + "'" }];
                    return false;
                  } else {
                    const _errs8 = errors;
                    for (const key1 in data1) {
                      if (!(key1 === "accepted" || key1 === "started" || key1 === "succeeded" || key1 === "dead" || key1 === "cancelled" || key1 === "redriven" || key1 === "failedAttempts" || key1 === "lostAttempts")) {
                        validate61.errors = [{ instancePath: instancePath + "/totals", schemaPath: "StatsTotals/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" }];
                        return false;
                        break;
                      }
                    }
                    if (_errs8 === errors) {
                      if (data1.accepted !== void 0) {
                        let data2 = data1.accepted;
                        const _errs9 = errors;
                        if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                          validate61.errors = [{ instancePath: instancePath + "/totals/accepted", schemaPath: "StatsTotals/properties/accepted/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                          return false;
                        }
                        if (errors === _errs9) {
                          if (typeof data2 == "number" && isFinite(data2)) {
                            if (data2 < 0 || isNaN(data2)) {
                              validate61.errors = [{ instancePath: instancePath + "/totals/accepted", schemaPath: "StatsTotals/properties/accepted/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                              return false;
                            }
                          }
                        }
                        var valid3 = _errs9 === errors;
                      } else {
                        var valid3 = true;
                      }
                      if (valid3) {
                        if (data1.started !== void 0) {
                          let data3 = data1.started;
                          const _errs11 = errors;
                          if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3))) {
                            validate61.errors = [{ instancePath: instancePath + "/totals/started", schemaPath: "StatsTotals/properties/started/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                            return false;
                          }
                          if (errors === _errs11) {
                            if (typeof data3 == "number" && isFinite(data3)) {
                              if (data3 < 0 || isNaN(data3)) {
                                validate61.errors = [{ instancePath: instancePath + "/totals/started", schemaPath: "StatsTotals/properties/started/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                return false;
                              }
                            }
                          }
                          var valid3 = _errs11 === errors;
                        } else {
                          var valid3 = true;
                        }
                        if (valid3) {
                          if (data1.succeeded !== void 0) {
                            let data4 = data1.succeeded;
                            const _errs13 = errors;
                            if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
                              validate61.errors = [{ instancePath: instancePath + "/totals/succeeded", schemaPath: "StatsTotals/properties/succeeded/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                              return false;
                            }
                            if (errors === _errs13) {
                              if (typeof data4 == "number" && isFinite(data4)) {
                                if (data4 < 0 || isNaN(data4)) {
                                  validate61.errors = [{ instancePath: instancePath + "/totals/succeeded", schemaPath: "StatsTotals/properties/succeeded/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                  return false;
                                }
                              }
                            }
                            var valid3 = _errs13 === errors;
                          } else {
                            var valid3 = true;
                          }
                          if (valid3) {
                            if (data1.dead !== void 0) {
                              let data5 = data1.dead;
                              const _errs15 = errors;
                              if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
                                validate61.errors = [{ instancePath: instancePath + "/totals/dead", schemaPath: "StatsTotals/properties/dead/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                return false;
                              }
                              if (errors === _errs15) {
                                if (typeof data5 == "number" && isFinite(data5)) {
                                  if (data5 < 0 || isNaN(data5)) {
                                    validate61.errors = [{ instancePath: instancePath + "/totals/dead", schemaPath: "StatsTotals/properties/dead/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                    return false;
                                  }
                                }
                              }
                              var valid3 = _errs15 === errors;
                            } else {
                              var valid3 = true;
                            }
                            if (valid3) {
                              if (data1.cancelled !== void 0) {
                                let data6 = data1.cancelled;
                                const _errs17 = errors;
                                if (!(typeof data6 == "number" && (!(data6 % 1) && !isNaN(data6)) && isFinite(data6))) {
                                  validate61.errors = [{ instancePath: instancePath + "/totals/cancelled", schemaPath: "StatsTotals/properties/cancelled/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                  return false;
                                }
                                if (errors === _errs17) {
                                  if (typeof data6 == "number" && isFinite(data6)) {
                                    if (data6 < 0 || isNaN(data6)) {
                                      validate61.errors = [{ instancePath: instancePath + "/totals/cancelled", schemaPath: "StatsTotals/properties/cancelled/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                      return false;
                                    }
                                  }
                                }
                                var valid3 = _errs17 === errors;
                              } else {
                                var valid3 = true;
                              }
                              if (valid3) {
                                if (data1.redriven !== void 0) {
                                  let data7 = data1.redriven;
                                  const _errs19 = errors;
                                  if (!(typeof data7 == "number" && (!(data7 % 1) && !isNaN(data7)) && isFinite(data7))) {
                                    validate61.errors = [{ instancePath: instancePath + "/totals/redriven", schemaPath: "StatsTotals/properties/redriven/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                    return false;
                                  }
                                  if (errors === _errs19) {
                                    if (typeof data7 == "number" && isFinite(data7)) {
                                      if (data7 < 0 || isNaN(data7)) {
                                        validate61.errors = [{ instancePath: instancePath + "/totals/redriven", schemaPath: "StatsTotals/properties/redriven/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                        return false;
                                      }
                                    }
                                  }
                                  var valid3 = _errs19 === errors;
                                } else {
                                  var valid3 = true;
                                }
                                if (valid3) {
                                  if (data1.failedAttempts !== void 0) {
                                    let data8 = data1.failedAttempts;
                                    const _errs21 = errors;
                                    if (!(typeof data8 == "number" && (!(data8 % 1) && !isNaN(data8)) && isFinite(data8))) {
                                      validate61.errors = [{ instancePath: instancePath + "/totals/failedAttempts", schemaPath: "StatsTotals/properties/failedAttempts/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                      return false;
                                    }
                                    if (errors === _errs21) {
                                      if (typeof data8 == "number" && isFinite(data8)) {
                                        if (data8 < 0 || isNaN(data8)) {
                                          validate61.errors = [{ instancePath: instancePath + "/totals/failedAttempts", schemaPath: "StatsTotals/properties/failedAttempts/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                          return false;
                                        }
                                      }
                                    }
                                    var valid3 = _errs21 === errors;
                                  } else {
                                    var valid3 = true;
                                  }
                                  if (valid3) {
                                    if (data1.lostAttempts !== void 0) {
                                      let data9 = data1.lostAttempts;
                                      const _errs23 = errors;
                                      if (!(typeof data9 == "number" && (!(data9 % 1) && !isNaN(data9)) && isFinite(data9))) {
                                        validate61.errors = [{ instancePath: instancePath + "/totals/lostAttempts", schemaPath: "StatsTotals/properties/lostAttempts/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                        return false;
                                      }
                                      if (errors === _errs23) {
                                        if (typeof data9 == "number" && isFinite(data9)) {
                                          if (data9 < 0 || isNaN(data9)) {
                                            validate61.errors = [{ instancePath: instancePath + "/totals/lostAttempts", schemaPath: "StatsTotals/properties/lostAttempts/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                            return false;
                                          }
                                        }
                                      }
                                      var valid3 = _errs23 === errors;
                                    } else {
                                      var valid3 = true;
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                } else {
                  validate61.errors = [{ instancePath: instancePath + "/totals", schemaPath: "StatsTotals/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                  return false;
                }
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.startLatency !== void 0) {
                let data10 = data.startLatency;
                const _errs25 = errors;
                const _errs26 = errors;
                let valid4 = false;
                const _errs27 = errors;
                const _errs28 = errors;
                if (errors === _errs28) {
                  if (data10 && typeof data10 == "object" && !Array.isArray(data10)) {
                    let missing2;
                    if (data10.count === void 0 && (missing2 = "count") || data10.p50Ms === void 0 && (missing2 = "p50Ms") || data10.p95Ms === void 0 && (missing2 = "p95Ms") || data10.p99Ms === void 0 && (missing2 = "p99Ms")) {
                      const err0 = { instancePath: instancePath + "/startLatency", schemaPath: "Latency/required", keyword: "required", params: { missingProperty: missing2 }, message: "must have required property '" + missing2 + "'" };
                      if (vErrors === null) {
                        vErrors = [err0];
                      } else {
                        vErrors.push(err0);
                      }
                      errors++;
                    } else {
                      const _errs30 = errors;
                      for (const key2 in data10) {
                        if (!(key2 === "count" || key2 === "p50Ms" || key2 === "p95Ms" || key2 === "p99Ms")) {
                          const err1 = { instancePath: instancePath + "/startLatency", schemaPath: "Latency/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
                          if (vErrors === null) {
                            vErrors = [err1];
                          } else {
                            vErrors.push(err1);
                          }
                          errors++;
                          break;
                        }
                      }
                      if (_errs30 === errors) {
                        if (data10.count !== void 0) {
                          let data11 = data10.count;
                          const _errs31 = errors;
                          if (!(typeof data11 == "number" && (!(data11 % 1) && !isNaN(data11)) && isFinite(data11))) {
                            const err2 = { instancePath: instancePath + "/startLatency/count", schemaPath: "Latency/properties/count/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                            if (vErrors === null) {
                              vErrors = [err2];
                            } else {
                              vErrors.push(err2);
                            }
                            errors++;
                          }
                          if (errors === _errs31) {
                            if (typeof data11 == "number" && isFinite(data11)) {
                              if (data11 < 1 || isNaN(data11)) {
                                const err3 = { instancePath: instancePath + "/startLatency/count", schemaPath: "Latency/properties/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                                if (vErrors === null) {
                                  vErrors = [err3];
                                } else {
                                  vErrors.push(err3);
                                }
                                errors++;
                              }
                            }
                          }
                          var valid6 = _errs31 === errors;
                        } else {
                          var valid6 = true;
                        }
                        if (valid6) {
                          if (data10.p50Ms !== void 0) {
                            let data12 = data10.p50Ms;
                            const _errs33 = errors;
                            if (errors === _errs33) {
                              if (typeof data12 == "number" && isFinite(data12)) {
                                if (data12 < 0 || isNaN(data12)) {
                                  const err4 = { instancePath: instancePath + "/startLatency/p50Ms", schemaPath: "Latency/properties/p50Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                  if (vErrors === null) {
                                    vErrors = [err4];
                                  } else {
                                    vErrors.push(err4);
                                  }
                                  errors++;
                                }
                              } else {
                                const err5 = { instancePath: instancePath + "/startLatency/p50Ms", schemaPath: "Latency/properties/p50Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                if (vErrors === null) {
                                  vErrors = [err5];
                                } else {
                                  vErrors.push(err5);
                                }
                                errors++;
                              }
                            }
                            var valid6 = _errs33 === errors;
                          } else {
                            var valid6 = true;
                          }
                          if (valid6) {
                            if (data10.p95Ms !== void 0) {
                              let data13 = data10.p95Ms;
                              const _errs35 = errors;
                              if (errors === _errs35) {
                                if (typeof data13 == "number" && isFinite(data13)) {
                                  if (data13 < 0 || isNaN(data13)) {
                                    const err6 = { instancePath: instancePath + "/startLatency/p95Ms", schemaPath: "Latency/properties/p95Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                    if (vErrors === null) {
                                      vErrors = [err6];
                                    } else {
                                      vErrors.push(err6);
                                    }
                                    errors++;
                                  }
                                } else {
                                  const err7 = { instancePath: instancePath + "/startLatency/p95Ms", schemaPath: "Latency/properties/p95Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                  if (vErrors === null) {
                                    vErrors = [err7];
                                  } else {
                                    vErrors.push(err7);
                                  }
                                  errors++;
                                }
                              }
                              var valid6 = _errs35 === errors;
                            } else {
                              var valid6 = true;
                            }
                            if (valid6) {
                              if (data10.p99Ms !== void 0) {
                                let data14 = data10.p99Ms;
                                const _errs37 = errors;
                                if (errors === _errs37) {
                                  if (typeof data14 == "number" && isFinite(data14)) {
                                    if (data14 < 0 || isNaN(data14)) {
                                      const err8 = { instancePath: instancePath + "/startLatency/p99Ms", schemaPath: "Latency/properties/p99Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                      if (vErrors === null) {
                                        vErrors = [err8];
                                      } else {
                                        vErrors.push(err8);
                                      }
                                      errors++;
                                    }
                                  } else {
                                    const err9 = { instancePath: instancePath + "/startLatency/p99Ms", schemaPath: "Latency/properties/p99Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                    if (vErrors === null) {
                                      vErrors = [err9];
                                    } else {
                                      vErrors.push(err9);
                                    }
                                    errors++;
                                  }
                                }
                                var valid6 = _errs37 === errors;
                              } else {
                                var valid6 = true;
                              }
                            }
                          }
                        }
                      }
                    }
                  } else {
                    const err10 = { instancePath: instancePath + "/startLatency", schemaPath: "Latency/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err10];
                    } else {
                      vErrors.push(err10);
                    }
                    errors++;
                  }
                }
                var _valid0 = _errs27 === errors;
                valid4 = valid4 || _valid0;
                const _errs39 = errors;
                if (data10 !== null) {
                  const err11 = { instancePath: instancePath + "/startLatency", schemaPath: "#/properties/startLatency/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                  if (vErrors === null) {
                    vErrors = [err11];
                  } else {
                    vErrors.push(err11);
                  }
                  errors++;
                }
                var _valid0 = _errs39 === errors;
                valid4 = valid4 || _valid0;
                if (!valid4) {
                  const err12 = { instancePath: instancePath + "/startLatency", schemaPath: "#/properties/startLatency/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                  if (vErrors === null) {
                    vErrors = [err12];
                  } else {
                    vErrors.push(err12);
                  }
                  errors++;
                  validate61.errors = vErrors;
                  return false;
                } else {
                  errors = _errs26;
                  if (vErrors !== null) {
                    if (_errs26) {
                      vErrors.length = _errs26;
                    } else {
                      vErrors = null;
                    }
                  }
                }
                var valid0 = _errs25 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.finishLatency !== void 0) {
                  let data15 = data.finishLatency;
                  const _errs41 = errors;
                  const _errs42 = errors;
                  let valid7 = false;
                  const _errs43 = errors;
                  const _errs44 = errors;
                  if (errors === _errs44) {
                    if (data15 && typeof data15 == "object" && !Array.isArray(data15)) {
                      let missing3;
                      if (data15.count === void 0 && (missing3 = "count") || data15.p50Ms === void 0 && (missing3 = "p50Ms") || data15.p95Ms === void 0 && (missing3 = "p95Ms") || data15.p99Ms === void 0 && (missing3 = "p99Ms")) {
                        const err13 = { instancePath: instancePath + "/finishLatency", schemaPath: "Latency/required", keyword: "required", params: { missingProperty: missing3 }, message: "must have required property '" + missing3 + "'" };
                        if (vErrors === null) {
                          vErrors = [err13];
                        } else {
                          vErrors.push(err13);
                        }
                        errors++;
                      } else {
                        const _errs46 = errors;
                        for (const key3 in data15) {
                          if (!(key3 === "count" || key3 === "p50Ms" || key3 === "p95Ms" || key3 === "p99Ms")) {
                            const err14 = { instancePath: instancePath + "/finishLatency", schemaPath: "Latency/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" };
                            if (vErrors === null) {
                              vErrors = [err14];
                            } else {
                              vErrors.push(err14);
                            }
                            errors++;
                            break;
                          }
                        }
                        if (_errs46 === errors) {
                          if (data15.count !== void 0) {
                            let data16 = data15.count;
                            const _errs47 = errors;
                            if (!(typeof data16 == "number" && (!(data16 % 1) && !isNaN(data16)) && isFinite(data16))) {
                              const err15 = { instancePath: instancePath + "/finishLatency/count", schemaPath: "Latency/properties/count/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                              if (vErrors === null) {
                                vErrors = [err15];
                              } else {
                                vErrors.push(err15);
                              }
                              errors++;
                            }
                            if (errors === _errs47) {
                              if (typeof data16 == "number" && isFinite(data16)) {
                                if (data16 < 1 || isNaN(data16)) {
                                  const err16 = { instancePath: instancePath + "/finishLatency/count", schemaPath: "Latency/properties/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                                  if (vErrors === null) {
                                    vErrors = [err16];
                                  } else {
                                    vErrors.push(err16);
                                  }
                                  errors++;
                                }
                              }
                            }
                            var valid9 = _errs47 === errors;
                          } else {
                            var valid9 = true;
                          }
                          if (valid9) {
                            if (data15.p50Ms !== void 0) {
                              let data17 = data15.p50Ms;
                              const _errs49 = errors;
                              if (errors === _errs49) {
                                if (typeof data17 == "number" && isFinite(data17)) {
                                  if (data17 < 0 || isNaN(data17)) {
                                    const err17 = { instancePath: instancePath + "/finishLatency/p50Ms", schemaPath: "Latency/properties/p50Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                    if (vErrors === null) {
                                      vErrors = [err17];
                                    } else {
                                      vErrors.push(err17);
                                    }
                                    errors++;
                                  }
                                } else {
                                  const err18 = { instancePath: instancePath + "/finishLatency/p50Ms", schemaPath: "Latency/properties/p50Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                  if (vErrors === null) {
                                    vErrors = [err18];
                                  } else {
                                    vErrors.push(err18);
                                  }
                                  errors++;
                                }
                              }
                              var valid9 = _errs49 === errors;
                            } else {
                              var valid9 = true;
                            }
                            if (valid9) {
                              if (data15.p95Ms !== void 0) {
                                let data18 = data15.p95Ms;
                                const _errs51 = errors;
                                if (errors === _errs51) {
                                  if (typeof data18 == "number" && isFinite(data18)) {
                                    if (data18 < 0 || isNaN(data18)) {
                                      const err19 = { instancePath: instancePath + "/finishLatency/p95Ms", schemaPath: "Latency/properties/p95Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                      if (vErrors === null) {
                                        vErrors = [err19];
                                      } else {
                                        vErrors.push(err19);
                                      }
                                      errors++;
                                    }
                                  } else {
                                    const err20 = { instancePath: instancePath + "/finishLatency/p95Ms", schemaPath: "Latency/properties/p95Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                    if (vErrors === null) {
                                      vErrors = [err20];
                                    } else {
                                      vErrors.push(err20);
                                    }
                                    errors++;
                                  }
                                }
                                var valid9 = _errs51 === errors;
                              } else {
                                var valid9 = true;
                              }
                              if (valid9) {
                                if (data15.p99Ms !== void 0) {
                                  let data19 = data15.p99Ms;
                                  const _errs53 = errors;
                                  if (errors === _errs53) {
                                    if (typeof data19 == "number" && isFinite(data19)) {
                                      if (data19 < 0 || isNaN(data19)) {
                                        const err21 = { instancePath: instancePath + "/finishLatency/p99Ms", schemaPath: "Latency/properties/p99Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                        if (vErrors === null) {
                                          vErrors = [err21];
                                        } else {
                                          vErrors.push(err21);
                                        }
                                        errors++;
                                      }
                                    } else {
                                      const err22 = { instancePath: instancePath + "/finishLatency/p99Ms", schemaPath: "Latency/properties/p99Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                      if (vErrors === null) {
                                        vErrors = [err22];
                                      } else {
                                        vErrors.push(err22);
                                      }
                                      errors++;
                                    }
                                  }
                                  var valid9 = _errs53 === errors;
                                } else {
                                  var valid9 = true;
                                }
                              }
                            }
                          }
                        }
                      }
                    } else {
                      const err23 = { instancePath: instancePath + "/finishLatency", schemaPath: "Latency/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                      if (vErrors === null) {
                        vErrors = [err23];
                      } else {
                        vErrors.push(err23);
                      }
                      errors++;
                    }
                  }
                  var _valid1 = _errs43 === errors;
                  valid7 = valid7 || _valid1;
                  const _errs55 = errors;
                  if (data15 !== null) {
                    const err24 = { instancePath: instancePath + "/finishLatency", schemaPath: "#/properties/finishLatency/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                    if (vErrors === null) {
                      vErrors = [err24];
                    } else {
                      vErrors.push(err24);
                    }
                    errors++;
                  }
                  var _valid1 = _errs55 === errors;
                  valid7 = valid7 || _valid1;
                  if (!valid7) {
                    const err25 = { instancePath: instancePath + "/finishLatency", schemaPath: "#/properties/finishLatency/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                    if (vErrors === null) {
                      vErrors = [err25];
                    } else {
                      vErrors.push(err25);
                    }
                    errors++;
                    validate61.errors = vErrors;
                    return false;
                  } else {
                    errors = _errs42;
                    if (vErrors !== null) {
                      if (_errs42) {
                        vErrors.length = _errs42;
                      } else {
                        vErrors = null;
                      }
                    }
                  }
                  var valid0 = _errs41 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate61.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate61.errors = vErrors;
  return errors === 0;
}
validate61.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate54(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate54.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.window === void 0 && (missing0 = "window") || data.exact === void 0 && (missing0 = "exact") || data.tasks === void 0 && (missing0 = "tasks") || data.oldestOverdue === void 0 && (missing0 = "oldestOverdue") || data.totals === void 0 && (missing0 = "totals") || data.startLatency === void 0 && (missing0 = "startLatency") || data.finishLatency === void 0 && (missing0 = "finishLatency") || data.failures === void 0 && (missing0 = "failures") || data.types === void 0 && (missing0 = "types") || data.points === void 0 && (missing0 = "points")) {
        validate54.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!func2.call(schema78.properties, key0)) {
            validate54.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.window !== void 0) {
            let data0 = data.window;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
                let missing1;
                if (data0.name === void 0 && (missing1 = "name") || data0.since === void 0 && (missing1 = "since") || data0.until === void 0 && (missing1 = "until") || data0.stepSeconds === void 0 && (missing1 = "stepSeconds")) {
                  validate54.errors = [{ instancePath: instancePath + "/window", schemaPath: "#/properties/window/required", keyword: "required", params: { missingProperty: missing1 }, message: "must have required property '" + missing1 + "'" }];
                  return false;
                } else {
                  const _errs4 = errors;
                  for (const key1 in data0) {
                    if (!(key1 === "name" || key1 === "since" || key1 === "until" || key1 === "stepSeconds")) {
                      validate54.errors = [{ instancePath: instancePath + "/window", schemaPath: "#/properties/window/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" }];
                      return false;
                      break;
                    }
                  }
                  if (_errs4 === errors) {
                    if (data0.name !== void 0) {
                      let data1 = data0.name;
                      const _errs5 = errors;
                      if (typeof data1 !== "string") {
                        validate54.errors = [{ instancePath: instancePath + "/window/name", schemaPath: "StatsWindow/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                        return false;
                      }
                      if (!(data1 === "15m" || data1 === "1h" || data1 === "6h" || data1 === "24h" || data1 === "7d" || data1 === "14d")) {
                        validate54.errors = [{ instancePath: instancePath + "/window/name", schemaPath: "StatsWindow/enum", keyword: "enum", params: { allowedValues: schema79.enum }, message: "must be equal to one of the allowed values" }];
                        return false;
                      }
                      var valid1 = _errs5 === errors;
                    } else {
                      var valid1 = true;
                    }
                    if (valid1) {
                      if (data0.since !== void 0) {
                        let data2 = data0.since;
                        const _errs8 = errors;
                        const _errs9 = errors;
                        if (errors === _errs9) {
                          if (errors === _errs9) {
                            if (typeof data2 === "string") {
                              if (!formats0.test(data2)) {
                                validate54.errors = [{ instancePath: instancePath + "/window/since", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                                return false;
                              }
                            } else {
                              validate54.errors = [{ instancePath: instancePath + "/window/since", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                              return false;
                            }
                          }
                        }
                        var valid1 = _errs8 === errors;
                      } else {
                        var valid1 = true;
                      }
                      if (valid1) {
                        if (data0.until !== void 0) {
                          let data3 = data0.until;
                          const _errs11 = errors;
                          const _errs12 = errors;
                          if (errors === _errs12) {
                            if (errors === _errs12) {
                              if (typeof data3 === "string") {
                                if (!formats0.test(data3)) {
                                  validate54.errors = [{ instancePath: instancePath + "/window/until", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                                  return false;
                                }
                              } else {
                                validate54.errors = [{ instancePath: instancePath + "/window/until", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                return false;
                              }
                            }
                          }
                          var valid1 = _errs11 === errors;
                        } else {
                          var valid1 = true;
                        }
                        if (valid1) {
                          if (data0.stepSeconds !== void 0) {
                            let data4 = data0.stepSeconds;
                            const _errs14 = errors;
                            if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
                              validate54.errors = [{ instancePath: instancePath + "/window/stepSeconds", schemaPath: "#/properties/window/properties/stepSeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                              return false;
                            }
                            if (errors === _errs14) {
                              if (typeof data4 == "number" && isFinite(data4)) {
                                if (data4 < 60 || isNaN(data4)) {
                                  validate54.errors = [{ instancePath: instancePath + "/window/stepSeconds", schemaPath: "#/properties/window/properties/stepSeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 60 }, message: "must be >= 60" }];
                                  return false;
                                }
                              }
                            }
                            var valid1 = _errs14 === errors;
                          } else {
                            var valid1 = true;
                          }
                        }
                      }
                    }
                  }
                }
              } else {
                validate54.errors = [{ instancePath: instancePath + "/window", schemaPath: "#/properties/window/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.exact !== void 0) {
              const _errs16 = errors;
              if (typeof data.exact !== "boolean") {
                validate54.errors = [{ instancePath: instancePath + "/exact", schemaPath: "#/properties/exact/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
                return false;
              }
              var valid0 = _errs16 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.tasks !== void 0) {
                let data6 = data.tasks;
                const _errs18 = errors;
                const _errs19 = errors;
                if (errors === _errs19) {
                  if (data6 && typeof data6 == "object" && !Array.isArray(data6)) {
                    let missing2;
                    if (data6.scheduled === void 0 && (missing2 = "scheduled") || data6.queued === void 0 && (missing2 = "queued") || data6.retrying === void 0 && (missing2 = "retrying") || data6.running === void 0 && (missing2 = "running") || data6.succeeded === void 0 && (missing2 = "succeeded") || data6.dead === void 0 && (missing2 = "dead") || data6.cancelled === void 0 && (missing2 = "cancelled") || data6.inbox === void 0 && (missing2 = "inbox")) {
                      validate54.errors = [{ instancePath: instancePath + "/tasks", schemaPath: "TaskCounts/required", keyword: "required", params: { missingProperty: missing2 }, message: "must have required property '" + missing2 + "'" }];
                      return false;
                    } else {
                      const _errs21 = errors;
                      for (const key2 in data6) {
                        if (!(key2 === "scheduled" || key2 === "queued" || key2 === "retrying" || key2 === "running" || key2 === "succeeded" || key2 === "dead" || key2 === "cancelled" || key2 === "inbox")) {
                          validate54.errors = [{ instancePath: instancePath + "/tasks", schemaPath: "TaskCounts/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" }];
                          return false;
                          break;
                        }
                      }
                      if (_errs21 === errors) {
                        if (data6.scheduled !== void 0) {
                          let data7 = data6.scheduled;
                          const _errs22 = errors;
                          if (!(typeof data7 == "number" && (!(data7 % 1) && !isNaN(data7)) && isFinite(data7))) {
                            validate54.errors = [{ instancePath: instancePath + "/tasks/scheduled", schemaPath: "TaskCounts/properties/scheduled/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                            return false;
                          }
                          if (errors === _errs22) {
                            if (typeof data7 == "number" && isFinite(data7)) {
                              if (data7 < 0 || isNaN(data7)) {
                                validate54.errors = [{ instancePath: instancePath + "/tasks/scheduled", schemaPath: "TaskCounts/properties/scheduled/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                return false;
                              }
                            }
                          }
                          var valid6 = _errs22 === errors;
                        } else {
                          var valid6 = true;
                        }
                        if (valid6) {
                          if (data6.queued !== void 0) {
                            let data8 = data6.queued;
                            const _errs24 = errors;
                            if (!(typeof data8 == "number" && (!(data8 % 1) && !isNaN(data8)) && isFinite(data8))) {
                              validate54.errors = [{ instancePath: instancePath + "/tasks/queued", schemaPath: "TaskCounts/properties/queued/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                              return false;
                            }
                            if (errors === _errs24) {
                              if (typeof data8 == "number" && isFinite(data8)) {
                                if (data8 < 0 || isNaN(data8)) {
                                  validate54.errors = [{ instancePath: instancePath + "/tasks/queued", schemaPath: "TaskCounts/properties/queued/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                  return false;
                                }
                              }
                            }
                            var valid6 = _errs24 === errors;
                          } else {
                            var valid6 = true;
                          }
                          if (valid6) {
                            if (data6.retrying !== void 0) {
                              let data9 = data6.retrying;
                              const _errs26 = errors;
                              if (!(typeof data9 == "number" && (!(data9 % 1) && !isNaN(data9)) && isFinite(data9))) {
                                validate54.errors = [{ instancePath: instancePath + "/tasks/retrying", schemaPath: "TaskCounts/properties/retrying/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                return false;
                              }
                              if (errors === _errs26) {
                                if (typeof data9 == "number" && isFinite(data9)) {
                                  if (data9 < 0 || isNaN(data9)) {
                                    validate54.errors = [{ instancePath: instancePath + "/tasks/retrying", schemaPath: "TaskCounts/properties/retrying/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                    return false;
                                  }
                                }
                              }
                              var valid6 = _errs26 === errors;
                            } else {
                              var valid6 = true;
                            }
                            if (valid6) {
                              if (data6.running !== void 0) {
                                let data10 = data6.running;
                                const _errs28 = errors;
                                if (!(typeof data10 == "number" && (!(data10 % 1) && !isNaN(data10)) && isFinite(data10))) {
                                  validate54.errors = [{ instancePath: instancePath + "/tasks/running", schemaPath: "TaskCounts/properties/running/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                  return false;
                                }
                                if (errors === _errs28) {
                                  if (typeof data10 == "number" && isFinite(data10)) {
                                    if (data10 < 0 || isNaN(data10)) {
                                      validate54.errors = [{ instancePath: instancePath + "/tasks/running", schemaPath: "TaskCounts/properties/running/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                      return false;
                                    }
                                  }
                                }
                                var valid6 = _errs28 === errors;
                              } else {
                                var valid6 = true;
                              }
                              if (valid6) {
                                if (data6.succeeded !== void 0) {
                                  let data11 = data6.succeeded;
                                  const _errs30 = errors;
                                  if (!(typeof data11 == "number" && (!(data11 % 1) && !isNaN(data11)) && isFinite(data11))) {
                                    validate54.errors = [{ instancePath: instancePath + "/tasks/succeeded", schemaPath: "TaskCounts/properties/succeeded/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                    return false;
                                  }
                                  if (errors === _errs30) {
                                    if (typeof data11 == "number" && isFinite(data11)) {
                                      if (data11 < 0 || isNaN(data11)) {
                                        validate54.errors = [{ instancePath: instancePath + "/tasks/succeeded", schemaPath: "TaskCounts/properties/succeeded/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                        return false;
                                      }
                                    }
                                  }
                                  var valid6 = _errs30 === errors;
                                } else {
                                  var valid6 = true;
                                }
                                if (valid6) {
                                  if (data6.dead !== void 0) {
                                    let data12 = data6.dead;
                                    const _errs32 = errors;
                                    if (!(typeof data12 == "number" && (!(data12 % 1) && !isNaN(data12)) && isFinite(data12))) {
                                      validate54.errors = [{ instancePath: instancePath + "/tasks/dead", schemaPath: "TaskCounts/properties/dead/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                      return false;
                                    }
                                    if (errors === _errs32) {
                                      if (typeof data12 == "number" && isFinite(data12)) {
                                        if (data12 < 0 || isNaN(data12)) {
                                          validate54.errors = [{ instancePath: instancePath + "/tasks/dead", schemaPath: "TaskCounts/properties/dead/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                          return false;
                                        }
                                      }
                                    }
                                    var valid6 = _errs32 === errors;
                                  } else {
                                    var valid6 = true;
                                  }
                                  if (valid6) {
                                    if (data6.cancelled !== void 0) {
                                      let data13 = data6.cancelled;
                                      const _errs34 = errors;
                                      if (!(typeof data13 == "number" && (!(data13 % 1) && !isNaN(data13)) && isFinite(data13))) {
                                        validate54.errors = [{ instancePath: instancePath + "/tasks/cancelled", schemaPath: "TaskCounts/properties/cancelled/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                        return false;
                                      }
                                      if (errors === _errs34) {
                                        if (typeof data13 == "number" && isFinite(data13)) {
                                          if (data13 < 0 || isNaN(data13)) {
                                            validate54.errors = [{ instancePath: instancePath + "/tasks/cancelled", schemaPath: "TaskCounts/properties/cancelled/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                            return false;
                                          }
                                        }
                                      }
                                      var valid6 = _errs34 === errors;
                                    } else {
                                      var valid6 = true;
                                    }
                                    if (valid6) {
                                      if (data6.inbox !== void 0) {
                                        let data14 = data6.inbox;
                                        const _errs36 = errors;
                                        if (!(typeof data14 == "number" && (!(data14 % 1) && !isNaN(data14)) && isFinite(data14))) {
                                          validate54.errors = [{ instancePath: instancePath + "/tasks/inbox", schemaPath: "TaskCounts/properties/inbox/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                          return false;
                                        }
                                        if (errors === _errs36) {
                                          if (typeof data14 == "number" && isFinite(data14)) {
                                            if (data14 < 0 || isNaN(data14)) {
                                              validate54.errors = [{ instancePath: instancePath + "/tasks/inbox", schemaPath: "TaskCounts/properties/inbox/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                              return false;
                                            }
                                          }
                                        }
                                        var valid6 = _errs36 === errors;
                                      } else {
                                        var valid6 = true;
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  } else {
                    validate54.errors = [{ instancePath: instancePath + "/tasks", schemaPath: "TaskCounts/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                    return false;
                  }
                }
                var valid0 = _errs18 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.oldestOverdue !== void 0) {
                  let data15 = data.oldestOverdue;
                  const _errs38 = errors;
                  const _errs39 = errors;
                  let valid7 = false;
                  const _errs40 = errors;
                  if (!validate55(data15, { instancePath: instancePath + "/oldestOverdue", parentData: data, parentDataProperty: "oldestOverdue", rootData, dynamicAnchors })) {
                    vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
                    errors = vErrors.length;
                  }
                  var _valid0 = _errs40 === errors;
                  valid7 = valid7 || _valid0;
                  const _errs41 = errors;
                  if (data15 !== null) {
                    const err0 = { instancePath: instancePath + "/oldestOverdue", schemaPath: "#/properties/oldestOverdue/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                    if (vErrors === null) {
                      vErrors = [err0];
                    } else {
                      vErrors.push(err0);
                    }
                    errors++;
                  }
                  var _valid0 = _errs41 === errors;
                  valid7 = valid7 || _valid0;
                  if (!valid7) {
                    const err1 = { instancePath: instancePath + "/oldestOverdue", schemaPath: "#/properties/oldestOverdue/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                    if (vErrors === null) {
                      vErrors = [err1];
                    } else {
                      vErrors.push(err1);
                    }
                    errors++;
                    validate54.errors = vErrors;
                    return false;
                  } else {
                    errors = _errs39;
                    if (vErrors !== null) {
                      if (_errs39) {
                        vErrors.length = _errs39;
                      } else {
                        vErrors = null;
                      }
                    }
                  }
                  var valid0 = _errs38 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.totals !== void 0) {
                    let data16 = data.totals;
                    const _errs43 = errors;
                    const _errs44 = errors;
                    if (errors === _errs44) {
                      if (data16 && typeof data16 == "object" && !Array.isArray(data16)) {
                        let missing3;
                        if (data16.accepted === void 0 && (missing3 = "accepted") || data16.started === void 0 && (missing3 = "started") || data16.succeeded === void 0 && (missing3 = "succeeded") || data16.dead === void 0 && (missing3 = "dead") || data16.cancelled === void 0 && (missing3 = "cancelled") || data16.redriven === void 0 && (missing3 = "redriven") || data16.failedAttempts === void 0 && (missing3 = "failedAttempts") || data16.lostAttempts === void 0 && (missing3 = "lostAttempts")) {
                          validate54.errors = [{ instancePath: instancePath + "/totals", schemaPath: "StatsTotals/required", keyword: "required", params: { missingProperty: missing3 }, message: "must have required property '" + missing3 + "'" }];
                          return false;
                        } else {
                          const _errs46 = errors;
                          for (const key3 in data16) {
                            if (!(key3 === "accepted" || key3 === "started" || key3 === "succeeded" || key3 === "dead" || key3 === "cancelled" || key3 === "redriven" || key3 === "failedAttempts" || key3 === "lostAttempts")) {
                              validate54.errors = [{ instancePath: instancePath + "/totals", schemaPath: "StatsTotals/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" }];
                              return false;
                              break;
                            }
                          }
                          if (_errs46 === errors) {
                            if (data16.accepted !== void 0) {
                              let data17 = data16.accepted;
                              const _errs47 = errors;
                              if (!(typeof data17 == "number" && (!(data17 % 1) && !isNaN(data17)) && isFinite(data17))) {
                                validate54.errors = [{ instancePath: instancePath + "/totals/accepted", schemaPath: "StatsTotals/properties/accepted/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                return false;
                              }
                              if (errors === _errs47) {
                                if (typeof data17 == "number" && isFinite(data17)) {
                                  if (data17 < 0 || isNaN(data17)) {
                                    validate54.errors = [{ instancePath: instancePath + "/totals/accepted", schemaPath: "StatsTotals/properties/accepted/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                    return false;
                                  }
                                }
                              }
                              var valid9 = _errs47 === errors;
                            } else {
                              var valid9 = true;
                            }
                            if (valid9) {
                              if (data16.started !== void 0) {
                                let data18 = data16.started;
                                const _errs49 = errors;
                                if (!(typeof data18 == "number" && (!(data18 % 1) && !isNaN(data18)) && isFinite(data18))) {
                                  validate54.errors = [{ instancePath: instancePath + "/totals/started", schemaPath: "StatsTotals/properties/started/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                  return false;
                                }
                                if (errors === _errs49) {
                                  if (typeof data18 == "number" && isFinite(data18)) {
                                    if (data18 < 0 || isNaN(data18)) {
                                      validate54.errors = [{ instancePath: instancePath + "/totals/started", schemaPath: "StatsTotals/properties/started/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                      return false;
                                    }
                                  }
                                }
                                var valid9 = _errs49 === errors;
                              } else {
                                var valid9 = true;
                              }
                              if (valid9) {
                                if (data16.succeeded !== void 0) {
                                  let data19 = data16.succeeded;
                                  const _errs51 = errors;
                                  if (!(typeof data19 == "number" && (!(data19 % 1) && !isNaN(data19)) && isFinite(data19))) {
                                    validate54.errors = [{ instancePath: instancePath + "/totals/succeeded", schemaPath: "StatsTotals/properties/succeeded/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                    return false;
                                  }
                                  if (errors === _errs51) {
                                    if (typeof data19 == "number" && isFinite(data19)) {
                                      if (data19 < 0 || isNaN(data19)) {
                                        validate54.errors = [{ instancePath: instancePath + "/totals/succeeded", schemaPath: "StatsTotals/properties/succeeded/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                        return false;
                                      }
                                    }
                                  }
                                  var valid9 = _errs51 === errors;
                                } else {
                                  var valid9 = true;
                                }
                                if (valid9) {
                                  if (data16.dead !== void 0) {
                                    let data20 = data16.dead;
                                    const _errs53 = errors;
                                    if (!(typeof data20 == "number" && (!(data20 % 1) && !isNaN(data20)) && isFinite(data20))) {
                                      validate54.errors = [{ instancePath: instancePath + "/totals/dead", schemaPath: "StatsTotals/properties/dead/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                      return false;
                                    }
                                    if (errors === _errs53) {
                                      if (typeof data20 == "number" && isFinite(data20)) {
                                        if (data20 < 0 || isNaN(data20)) {
                                          validate54.errors = [{ instancePath: instancePath + "/totals/dead", schemaPath: "StatsTotals/properties/dead/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                          return false;
                                        }
                                      }
                                    }
                                    var valid9 = _errs53 === errors;
                                  } else {
                                    var valid9 = true;
                                  }
                                  if (valid9) {
                                    if (data16.cancelled !== void 0) {
                                      let data21 = data16.cancelled;
                                      const _errs55 = errors;
                                      if (!(typeof data21 == "number" && (!(data21 % 1) && !isNaN(data21)) && isFinite(data21))) {
                                        validate54.errors = [{ instancePath: instancePath + "/totals/cancelled", schemaPath: "StatsTotals/properties/cancelled/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                        return false;
                                      }
                                      if (errors === _errs55) {
                                        if (typeof data21 == "number" && isFinite(data21)) {
                                          if (data21 < 0 || isNaN(data21)) {
                                            validate54.errors = [{ instancePath: instancePath + "/totals/cancelled", schemaPath: "StatsTotals/properties/cancelled/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                            return false;
                                          }
                                        }
                                      }
                                      var valid9 = _errs55 === errors;
                                    } else {
                                      var valid9 = true;
                                    }
                                    if (valid9) {
                                      if (data16.redriven !== void 0) {
                                        let data22 = data16.redriven;
                                        const _errs57 = errors;
                                        if (!(typeof data22 == "number" && (!(data22 % 1) && !isNaN(data22)) && isFinite(data22))) {
                                          validate54.errors = [{ instancePath: instancePath + "/totals/redriven", schemaPath: "StatsTotals/properties/redriven/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                          return false;
                                        }
                                        if (errors === _errs57) {
                                          if (typeof data22 == "number" && isFinite(data22)) {
                                            if (data22 < 0 || isNaN(data22)) {
                                              validate54.errors = [{ instancePath: instancePath + "/totals/redriven", schemaPath: "StatsTotals/properties/redriven/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                              return false;
                                            }
                                          }
                                        }
                                        var valid9 = _errs57 === errors;
                                      } else {
                                        var valid9 = true;
                                      }
                                      if (valid9) {
                                        if (data16.failedAttempts !== void 0) {
                                          let data23 = data16.failedAttempts;
                                          const _errs59 = errors;
                                          if (!(typeof data23 == "number" && (!(data23 % 1) && !isNaN(data23)) && isFinite(data23))) {
                                            validate54.errors = [{ instancePath: instancePath + "/totals/failedAttempts", schemaPath: "StatsTotals/properties/failedAttempts/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                            return false;
                                          }
                                          if (errors === _errs59) {
                                            if (typeof data23 == "number" && isFinite(data23)) {
                                              if (data23 < 0 || isNaN(data23)) {
                                                validate54.errors = [{ instancePath: instancePath + "/totals/failedAttempts", schemaPath: "StatsTotals/properties/failedAttempts/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                                return false;
                                              }
                                            }
                                          }
                                          var valid9 = _errs59 === errors;
                                        } else {
                                          var valid9 = true;
                                        }
                                        if (valid9) {
                                          if (data16.lostAttempts !== void 0) {
                                            let data24 = data16.lostAttempts;
                                            const _errs61 = errors;
                                            if (!(typeof data24 == "number" && (!(data24 % 1) && !isNaN(data24)) && isFinite(data24))) {
                                              validate54.errors = [{ instancePath: instancePath + "/totals/lostAttempts", schemaPath: "StatsTotals/properties/lostAttempts/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                              return false;
                                            }
                                            if (errors === _errs61) {
                                              if (typeof data24 == "number" && isFinite(data24)) {
                                                if (data24 < 0 || isNaN(data24)) {
                                                  validate54.errors = [{ instancePath: instancePath + "/totals/lostAttempts", schemaPath: "StatsTotals/properties/lostAttempts/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                                  return false;
                                                }
                                              }
                                            }
                                            var valid9 = _errs61 === errors;
                                          } else {
                                            var valid9 = true;
                                          }
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      } else {
                        validate54.errors = [{ instancePath: instancePath + "/totals", schemaPath: "StatsTotals/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                        return false;
                      }
                    }
                    var valid0 = _errs43 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.startLatency !== void 0) {
                      let data25 = data.startLatency;
                      const _errs63 = errors;
                      const _errs64 = errors;
                      let valid10 = false;
                      const _errs65 = errors;
                      const _errs66 = errors;
                      if (errors === _errs66) {
                        if (data25 && typeof data25 == "object" && !Array.isArray(data25)) {
                          let missing4;
                          if (data25.count === void 0 && (missing4 = "count") || data25.p50Ms === void 0 && (missing4 = "p50Ms") || data25.p95Ms === void 0 && (missing4 = "p95Ms") || data25.p99Ms === void 0 && (missing4 = "p99Ms")) {
                            const err2 = { instancePath: instancePath + "/startLatency", schemaPath: "Latency/required", keyword: "required", params: { missingProperty: missing4 }, message: "must have required property '" + missing4 + "'" };
                            if (vErrors === null) {
                              vErrors = [err2];
                            } else {
                              vErrors.push(err2);
                            }
                            errors++;
                          } else {
                            const _errs68 = errors;
                            for (const key4 in data25) {
                              if (!(key4 === "count" || key4 === "p50Ms" || key4 === "p95Ms" || key4 === "p99Ms")) {
                                const err3 = { instancePath: instancePath + "/startLatency", schemaPath: "Latency/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties" };
                                if (vErrors === null) {
                                  vErrors = [err3];
                                } else {
                                  vErrors.push(err3);
                                }
                                errors++;
                                break;
                              }
                            }
                            if (_errs68 === errors) {
                              if (data25.count !== void 0) {
                                let data26 = data25.count;
                                const _errs69 = errors;
                                if (!(typeof data26 == "number" && (!(data26 % 1) && !isNaN(data26)) && isFinite(data26))) {
                                  const err4 = { instancePath: instancePath + "/startLatency/count", schemaPath: "Latency/properties/count/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                                  if (vErrors === null) {
                                    vErrors = [err4];
                                  } else {
                                    vErrors.push(err4);
                                  }
                                  errors++;
                                }
                                if (errors === _errs69) {
                                  if (typeof data26 == "number" && isFinite(data26)) {
                                    if (data26 < 1 || isNaN(data26)) {
                                      const err5 = { instancePath: instancePath + "/startLatency/count", schemaPath: "Latency/properties/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                                      if (vErrors === null) {
                                        vErrors = [err5];
                                      } else {
                                        vErrors.push(err5);
                                      }
                                      errors++;
                                    }
                                  }
                                }
                                var valid12 = _errs69 === errors;
                              } else {
                                var valid12 = true;
                              }
                              if (valid12) {
                                if (data25.p50Ms !== void 0) {
                                  let data27 = data25.p50Ms;
                                  const _errs71 = errors;
                                  if (errors === _errs71) {
                                    if (typeof data27 == "number" && isFinite(data27)) {
                                      if (data27 < 0 || isNaN(data27)) {
                                        const err6 = { instancePath: instancePath + "/startLatency/p50Ms", schemaPath: "Latency/properties/p50Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                        if (vErrors === null) {
                                          vErrors = [err6];
                                        } else {
                                          vErrors.push(err6);
                                        }
                                        errors++;
                                      }
                                    } else {
                                      const err7 = { instancePath: instancePath + "/startLatency/p50Ms", schemaPath: "Latency/properties/p50Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                      if (vErrors === null) {
                                        vErrors = [err7];
                                      } else {
                                        vErrors.push(err7);
                                      }
                                      errors++;
                                    }
                                  }
                                  var valid12 = _errs71 === errors;
                                } else {
                                  var valid12 = true;
                                }
                                if (valid12) {
                                  if (data25.p95Ms !== void 0) {
                                    let data28 = data25.p95Ms;
                                    const _errs73 = errors;
                                    if (errors === _errs73) {
                                      if (typeof data28 == "number" && isFinite(data28)) {
                                        if (data28 < 0 || isNaN(data28)) {
                                          const err8 = { instancePath: instancePath + "/startLatency/p95Ms", schemaPath: "Latency/properties/p95Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                          if (vErrors === null) {
                                            vErrors = [err8];
                                          } else {
                                            vErrors.push(err8);
                                          }
                                          errors++;
                                        }
                                      } else {
                                        const err9 = { instancePath: instancePath + "/startLatency/p95Ms", schemaPath: "Latency/properties/p95Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                        if (vErrors === null) {
                                          vErrors = [err9];
                                        } else {
                                          vErrors.push(err9);
                                        }
                                        errors++;
                                      }
                                    }
                                    var valid12 = _errs73 === errors;
                                  } else {
                                    var valid12 = true;
                                  }
                                  if (valid12) {
                                    if (data25.p99Ms !== void 0) {
                                      let data29 = data25.p99Ms;
                                      const _errs75 = errors;
                                      if (errors === _errs75) {
                                        if (typeof data29 == "number" && isFinite(data29)) {
                                          if (data29 < 0 || isNaN(data29)) {
                                            const err10 = { instancePath: instancePath + "/startLatency/p99Ms", schemaPath: "Latency/properties/p99Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                            if (vErrors === null) {
                                              vErrors = [err10];
                                            } else {
                                              vErrors.push(err10);
                                            }
                                            errors++;
                                          }
                                        } else {
                                          const err11 = { instancePath: instancePath + "/startLatency/p99Ms", schemaPath: "Latency/properties/p99Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                          if (vErrors === null) {
                                            vErrors = [err11];
                                          } else {
                                            vErrors.push(err11);
                                          }
                                          errors++;
                                        }
                                      }
                                      var valid12 = _errs75 === errors;
                                    } else {
                                      var valid12 = true;
                                    }
                                  }
                                }
                              }
                            }
                          }
                        } else {
                          const err12 = { instancePath: instancePath + "/startLatency", schemaPath: "Latency/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                          if (vErrors === null) {
                            vErrors = [err12];
                          } else {
                            vErrors.push(err12);
                          }
                          errors++;
                        }
                      }
                      var _valid1 = _errs65 === errors;
                      valid10 = valid10 || _valid1;
                      const _errs77 = errors;
                      if (data25 !== null) {
                        const err13 = { instancePath: instancePath + "/startLatency", schemaPath: "#/properties/startLatency/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                        if (vErrors === null) {
                          vErrors = [err13];
                        } else {
                          vErrors.push(err13);
                        }
                        errors++;
                      }
                      var _valid1 = _errs77 === errors;
                      valid10 = valid10 || _valid1;
                      if (!valid10) {
                        const err14 = { instancePath: instancePath + "/startLatency", schemaPath: "#/properties/startLatency/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                        if (vErrors === null) {
                          vErrors = [err14];
                        } else {
                          vErrors.push(err14);
                        }
                        errors++;
                        validate54.errors = vErrors;
                        return false;
                      } else {
                        errors = _errs64;
                        if (vErrors !== null) {
                          if (_errs64) {
                            vErrors.length = _errs64;
                          } else {
                            vErrors = null;
                          }
                        }
                      }
                      var valid0 = _errs63 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.finishLatency !== void 0) {
                        let data30 = data.finishLatency;
                        const _errs79 = errors;
                        const _errs80 = errors;
                        let valid13 = false;
                        const _errs81 = errors;
                        const _errs82 = errors;
                        if (errors === _errs82) {
                          if (data30 && typeof data30 == "object" && !Array.isArray(data30)) {
                            let missing5;
                            if (data30.count === void 0 && (missing5 = "count") || data30.p50Ms === void 0 && (missing5 = "p50Ms") || data30.p95Ms === void 0 && (missing5 = "p95Ms") || data30.p99Ms === void 0 && (missing5 = "p99Ms")) {
                              const err15 = { instancePath: instancePath + "/finishLatency", schemaPath: "Latency/required", keyword: "required", params: { missingProperty: missing5 }, message: "must have required property '" + missing5 + "'" };
                              if (vErrors === null) {
                                vErrors = [err15];
                              } else {
                                vErrors.push(err15);
                              }
                              errors++;
                            } else {
                              const _errs84 = errors;
                              for (const key5 in data30) {
                                if (!(key5 === "count" || key5 === "p50Ms" || key5 === "p95Ms" || key5 === "p99Ms")) {
                                  const err16 = { instancePath: instancePath + "/finishLatency", schemaPath: "Latency/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties" };
                                  if (vErrors === null) {
                                    vErrors = [err16];
                                  } else {
                                    vErrors.push(err16);
                                  }
                                  errors++;
                                  break;
                                }
                              }
                              if (_errs84 === errors) {
                                if (data30.count !== void 0) {
                                  let data31 = data30.count;
                                  const _errs85 = errors;
                                  if (!(typeof data31 == "number" && (!(data31 % 1) && !isNaN(data31)) && isFinite(data31))) {
                                    const err17 = { instancePath: instancePath + "/finishLatency/count", schemaPath: "Latency/properties/count/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                                    if (vErrors === null) {
                                      vErrors = [err17];
                                    } else {
                                      vErrors.push(err17);
                                    }
                                    errors++;
                                  }
                                  if (errors === _errs85) {
                                    if (typeof data31 == "number" && isFinite(data31)) {
                                      if (data31 < 1 || isNaN(data31)) {
                                        const err18 = { instancePath: instancePath + "/finishLatency/count", schemaPath: "Latency/properties/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                                        if (vErrors === null) {
                                          vErrors = [err18];
                                        } else {
                                          vErrors.push(err18);
                                        }
                                        errors++;
                                      }
                                    }
                                  }
                                  var valid15 = _errs85 === errors;
                                } else {
                                  var valid15 = true;
                                }
                                if (valid15) {
                                  if (data30.p50Ms !== void 0) {
                                    let data32 = data30.p50Ms;
                                    const _errs87 = errors;
                                    if (errors === _errs87) {
                                      if (typeof data32 == "number" && isFinite(data32)) {
                                        if (data32 < 0 || isNaN(data32)) {
                                          const err19 = { instancePath: instancePath + "/finishLatency/p50Ms", schemaPath: "Latency/properties/p50Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                          if (vErrors === null) {
                                            vErrors = [err19];
                                          } else {
                                            vErrors.push(err19);
                                          }
                                          errors++;
                                        }
                                      } else {
                                        const err20 = { instancePath: instancePath + "/finishLatency/p50Ms", schemaPath: "Latency/properties/p50Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                        if (vErrors === null) {
                                          vErrors = [err20];
                                        } else {
                                          vErrors.push(err20);
                                        }
                                        errors++;
                                      }
                                    }
                                    var valid15 = _errs87 === errors;
                                  } else {
                                    var valid15 = true;
                                  }
                                  if (valid15) {
                                    if (data30.p95Ms !== void 0) {
                                      let data33 = data30.p95Ms;
                                      const _errs89 = errors;
                                      if (errors === _errs89) {
                                        if (typeof data33 == "number" && isFinite(data33)) {
                                          if (data33 < 0 || isNaN(data33)) {
                                            const err21 = { instancePath: instancePath + "/finishLatency/p95Ms", schemaPath: "Latency/properties/p95Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                            if (vErrors === null) {
                                              vErrors = [err21];
                                            } else {
                                              vErrors.push(err21);
                                            }
                                            errors++;
                                          }
                                        } else {
                                          const err22 = { instancePath: instancePath + "/finishLatency/p95Ms", schemaPath: "Latency/properties/p95Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                          if (vErrors === null) {
                                            vErrors = [err22];
                                          } else {
                                            vErrors.push(err22);
                                          }
                                          errors++;
                                        }
                                      }
                                      var valid15 = _errs89 === errors;
                                    } else {
                                      var valid15 = true;
                                    }
                                    if (valid15) {
                                      if (data30.p99Ms !== void 0) {
                                        let data34 = data30.p99Ms;
                                        const _errs91 = errors;
                                        if (errors === _errs91) {
                                          if (typeof data34 == "number" && isFinite(data34)) {
                                            if (data34 < 0 || isNaN(data34)) {
                                              const err23 = { instancePath: instancePath + "/finishLatency/p99Ms", schemaPath: "Latency/properties/p99Ms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                                              if (vErrors === null) {
                                                vErrors = [err23];
                                              } else {
                                                vErrors.push(err23);
                                              }
                                              errors++;
                                            }
                                          } else {
                                            const err24 = { instancePath: instancePath + "/finishLatency/p99Ms", schemaPath: "Latency/properties/p99Ms/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                                            if (vErrors === null) {
                                              vErrors = [err24];
                                            } else {
                                              vErrors.push(err24);
                                            }
                                            errors++;
                                          }
                                        }
                                        var valid15 = _errs91 === errors;
                                      } else {
                                        var valid15 = true;
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          } else {
                            const err25 = { instancePath: instancePath + "/finishLatency", schemaPath: "Latency/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                            if (vErrors === null) {
                              vErrors = [err25];
                            } else {
                              vErrors.push(err25);
                            }
                            errors++;
                          }
                        }
                        var _valid2 = _errs81 === errors;
                        valid13 = valid13 || _valid2;
                        const _errs93 = errors;
                        if (data30 !== null) {
                          const err26 = { instancePath: instancePath + "/finishLatency", schemaPath: "#/properties/finishLatency/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                          if (vErrors === null) {
                            vErrors = [err26];
                          } else {
                            vErrors.push(err26);
                          }
                          errors++;
                        }
                        var _valid2 = _errs93 === errors;
                        valid13 = valid13 || _valid2;
                        if (!valid13) {
                          const err27 = { instancePath: instancePath + "/finishLatency", schemaPath: "#/properties/finishLatency/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                          if (vErrors === null) {
                            vErrors = [err27];
                          } else {
                            vErrors.push(err27);
                          }
                          errors++;
                          validate54.errors = vErrors;
                          return false;
                        } else {
                          errors = _errs80;
                          if (vErrors !== null) {
                            if (_errs80) {
                              vErrors.length = _errs80;
                            } else {
                              vErrors = null;
                            }
                          }
                        }
                        var valid0 = _errs79 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.failures !== void 0) {
                          let data35 = data.failures;
                          const _errs95 = errors;
                          if (errors === _errs95) {
                            if (Array.isArray(data35)) {
                              var valid16 = true;
                              const len0 = data35.length;
                              for (let i0 = 0; i0 < len0; i0++) {
                                const _errs97 = errors;
                                if (!validate57(data35[i0], { instancePath: instancePath + "/failures/" + i0, parentData: data35, parentDataProperty: i0, rootData, dynamicAnchors })) {
                                  vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
                                  errors = vErrors.length;
                                }
                                var valid16 = _errs97 === errors;
                                if (!valid16) {
                                  break;
                                }
                              }
                            } else {
                              validate54.errors = [{ instancePath: instancePath + "/failures", schemaPath: "#/properties/failures/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                              return false;
                            }
                          }
                          var valid0 = _errs95 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.types !== void 0) {
                            let data37 = data.types;
                            const _errs98 = errors;
                            if (errors === _errs98) {
                              if (Array.isArray(data37)) {
                                var valid17 = true;
                                const len1 = data37.length;
                                for (let i1 = 0; i1 < len1; i1++) {
                                  const _errs100 = errors;
                                  if (!validate59(data37[i1], { instancePath: instancePath + "/types/" + i1, parentData: data37, parentDataProperty: i1, rootData, dynamicAnchors })) {
                                    vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
                                    errors = vErrors.length;
                                  }
                                  var valid17 = _errs100 === errors;
                                  if (!valid17) {
                                    break;
                                  }
                                }
                              } else {
                                validate54.errors = [{ instancePath: instancePath + "/types", schemaPath: "#/properties/types/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                return false;
                              }
                            }
                            var valid0 = _errs98 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.points !== void 0) {
                              let data39 = data.points;
                              const _errs101 = errors;
                              if (errors === _errs101) {
                                if (Array.isArray(data39)) {
                                  var valid18 = true;
                                  const len2 = data39.length;
                                  for (let i2 = 0; i2 < len2; i2++) {
                                    const _errs103 = errors;
                                    if (!validate61(data39[i2], { instancePath: instancePath + "/points/" + i2, parentData: data39, parentDataProperty: i2, rootData, dynamicAnchors })) {
                                      vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
                                      errors = vErrors.length;
                                    }
                                    var valid18 = _errs103 === errors;
                                    if (!valid18) {
                                      break;
                                    }
                                  }
                                } else {
                                  validate54.errors = [{ instancePath: instancePath + "/points", schemaPath: "#/properties/points/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                  return false;
                                }
                              }
                              var valid0 = _errs101 === errors;
                            } else {
                              var valid0 = true;
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate54.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate54.errors = vErrors;
  return errors === 0;
}
validate54.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var LiveTicket = validate63;
var schema102 = { "type": "object", "additionalProperties": false, "required": ["ticket", "protocols", "url", "expiresAt"], "properties": { "ticket": { "type": "string", "pattern": "^[A-Za-z0-9_-]{22,128}$" }, "protocols": { "type": "array", "items": { "type": "string" }, "description": "What to send as `Sec-WebSocket-Protocol`; the second argument of a browser's `new WebSocket`." }, "url": { "type": ["string", "null"], "pattern": "^wss?://[!-~]{1,2000}$", "description": "Where to connect to; null for `/live` of the server that was asked.", "examples": ["wss://live.example.com/prod"] }, "expiresAt": { "$ref": "Timestamp" } } };
var pattern11 = new RegExp("^[A-Za-z0-9_-]{22,128}$", "u");
var pattern12 = new RegExp("^wss?://[!-~]{1,2000}$", "u");
function validate63(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate63.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.ticket === void 0 && (missing0 = "ticket") || data.protocols === void 0 && (missing0 = "protocols") || data.url === void 0 && (missing0 = "url") || data.expiresAt === void 0 && (missing0 = "expiresAt")) {
        validate63.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "ticket" || key0 === "protocols" || key0 === "url" || key0 === "expiresAt")) {
            validate63.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.ticket !== void 0) {
            let data0 = data.ticket;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (typeof data0 === "string") {
                if (!pattern11.test(data0)) {
                  validate63.errors = [{ instancePath: instancePath + "/ticket", schemaPath: "#/properties/ticket/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_-]{22,128}$" }, message: 'must match pattern "^[A-Za-z0-9_-]{22,128}$"' }];
                  return false;
                }
              } else {
                validate63.errors = [{ instancePath: instancePath + "/ticket", schemaPath: "#/properties/ticket/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.protocols !== void 0) {
              let data1 = data.protocols;
              const _errs4 = errors;
              if (errors === _errs4) {
                if (Array.isArray(data1)) {
                  var valid1 = true;
                  const len0 = data1.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    const _errs6 = errors;
                    if (typeof data1[i0] !== "string") {
                      validate63.errors = [{ instancePath: instancePath + "/protocols/" + i0, schemaPath: "#/properties/protocols/items/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                      return false;
                    }
                    var valid1 = _errs6 === errors;
                    if (!valid1) {
                      break;
                    }
                  }
                } else {
                  validate63.errors = [{ instancePath: instancePath + "/protocols", schemaPath: "#/properties/protocols/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.url !== void 0) {
                let data3 = data.url;
                const _errs8 = errors;
                if (typeof data3 !== "string" && data3 !== null) {
                  validate63.errors = [{ instancePath: instancePath + "/url", schemaPath: "#/properties/url/type", keyword: "type", params: { type: schema102.properties.url.type }, message: "must be string,null" }];
                  return false;
                }
                if (errors === _errs8) {
                  if (typeof data3 === "string") {
                    if (!pattern12.test(data3)) {
                      validate63.errors = [{ instancePath: instancePath + "/url", schemaPath: "#/properties/url/pattern", keyword: "pattern", params: { pattern: "^wss?://[!-~]{1,2000}$" }, message: 'must match pattern "^wss?://[!-~]{1,2000}$"' }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs8 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.expiresAt !== void 0) {
                  let data4 = data.expiresAt;
                  const _errs10 = errors;
                  const _errs11 = errors;
                  if (errors === _errs11) {
                    if (errors === _errs11) {
                      if (typeof data4 === "string") {
                        if (!formats0.test(data4)) {
                          validate63.errors = [{ instancePath: instancePath + "/expiresAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                          return false;
                        }
                      } else {
                        validate63.errors = [{ instancePath: instancePath + "/expiresAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                        return false;
                      }
                    }
                  }
                  var valid0 = _errs10 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate63.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate63.errors = vErrors;
  return errors === 0;
}
validate63.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var Identity = validate64;
var schema104 = { "type": "object", "additionalProperties": false, "required": ["tenant", "subject", "kind", "name", "scopes", "expiresAt"], "properties": { "tenant": { "$ref": "TenantName" }, "subject": { "type": "string", "description": "As the history of a task names it: `local`, `key:<keyId>` or `user:<subject of the token>`." }, "kind": { "type": "string", "x-grows": true, "enum": ["local", "key", "token"], "description": "`local`: whoever reaches a server on its own machine that has no identities." }, "name": { "type": ["string", "null"], "description": "For people: the name of the key, or of the user where the token has one." }, "scopes": { "type": "array", "maxItems": 20, "items": { "$ref": "Scope" } }, "expiresAt": { "anyOf": [{ "$ref": "Timestamp" }, { "type": "null" }] } } };
var schema106 = { "type": "string", "x-grows": true, "enum": ["tasks:submit", "tasks:read", "payloads:read", "tasks:operate", "admin"], "description": "What a caller may do: submit tasks; see them; see their payloads, results and log lines too; cancel, redrive and discard them; manage API keys." };
var pattern13 = new RegExp("^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$", "u");
function validate64(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate64.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.tenant === void 0 && (missing0 = "tenant") || data.subject === void 0 && (missing0 = "subject") || data.kind === void 0 && (missing0 = "kind") || data.name === void 0 && (missing0 = "name") || data.scopes === void 0 && (missing0 = "scopes") || data.expiresAt === void 0 && (missing0 = "expiresAt")) {
        validate64.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "tenant" || key0 === "subject" || key0 === "kind" || key0 === "name" || key0 === "scopes" || key0 === "expiresAt")) {
            validate64.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.tenant !== void 0) {
            let data0 = data.tenant;
            const _errs2 = errors;
            const _errs3 = errors;
            if (errors === _errs3) {
              if (typeof data0 === "string") {
                if (!pattern13.test(data0)) {
                  validate64.errors = [{ instancePath: instancePath + "/tenant", schemaPath: "TenantName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$"' }];
                  return false;
                }
              } else {
                validate64.errors = [{ instancePath: instancePath + "/tenant", schemaPath: "TenantName/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.subject !== void 0) {
              const _errs5 = errors;
              if (typeof data.subject !== "string") {
                validate64.errors = [{ instancePath: instancePath + "/subject", schemaPath: "#/properties/subject/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.kind !== void 0) {
                let data2 = data.kind;
                const _errs7 = errors;
                if (typeof data2 !== "string") {
                  validate64.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                if (!(data2 === "local" || data2 === "key" || data2 === "token")) {
                  validate64.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/enum", keyword: "enum", params: { allowedValues: schema104.properties.kind.enum }, message: "must be equal to one of the allowed values" }];
                  return false;
                }
                var valid0 = _errs7 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.name !== void 0) {
                  let data3 = data.name;
                  const _errs9 = errors;
                  if (typeof data3 !== "string" && data3 !== null) {
                    validate64.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: schema104.properties.name.type }, message: "must be string,null" }];
                    return false;
                  }
                  var valid0 = _errs9 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.scopes !== void 0) {
                    let data4 = data.scopes;
                    const _errs11 = errors;
                    if (errors === _errs11) {
                      if (Array.isArray(data4)) {
                        if (data4.length > 20) {
                          validate64.errors = [{ instancePath: instancePath + "/scopes", schemaPath: "#/properties/scopes/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items" }];
                          return false;
                        } else {
                          var valid2 = true;
                          const len0 = data4.length;
                          for (let i0 = 0; i0 < len0; i0++) {
                            let data5 = data4[i0];
                            const _errs13 = errors;
                            if (typeof data5 !== "string") {
                              validate64.errors = [{ instancePath: instancePath + "/scopes/" + i0, schemaPath: "Scope/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                              return false;
                            }
                            if (!(data5 === "tasks:submit" || data5 === "tasks:read" || data5 === "payloads:read" || data5 === "tasks:operate" || data5 === "admin")) {
                              validate64.errors = [{ instancePath: instancePath + "/scopes/" + i0, schemaPath: "Scope/enum", keyword: "enum", params: { allowedValues: schema106.enum }, message: "must be equal to one of the allowed values" }];
                              return false;
                            }
                            var valid2 = _errs13 === errors;
                            if (!valid2) {
                              break;
                            }
                          }
                        }
                      } else {
                        validate64.errors = [{ instancePath: instancePath + "/scopes", schemaPath: "#/properties/scopes/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                        return false;
                      }
                    }
                    var valid0 = _errs11 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.expiresAt !== void 0) {
                      let data6 = data.expiresAt;
                      const _errs16 = errors;
                      const _errs17 = errors;
                      let valid4 = false;
                      const _errs18 = errors;
                      const _errs19 = errors;
                      if (errors === _errs19) {
                        if (errors === _errs19) {
                          if (typeof data6 === "string") {
                            if (!formats0.test(data6)) {
                              const err0 = { instancePath: instancePath + "/expiresAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' };
                              if (vErrors === null) {
                                vErrors = [err0];
                              } else {
                                vErrors.push(err0);
                              }
                              errors++;
                            }
                          } else {
                            const err1 = { instancePath: instancePath + "/expiresAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err1];
                            } else {
                              vErrors.push(err1);
                            }
                            errors++;
                          }
                        }
                      }
                      var _valid0 = _errs18 === errors;
                      valid4 = valid4 || _valid0;
                      const _errs21 = errors;
                      if (data6 !== null) {
                        const err2 = { instancePath: instancePath + "/expiresAt", schemaPath: "#/properties/expiresAt/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                        if (vErrors === null) {
                          vErrors = [err2];
                        } else {
                          vErrors.push(err2);
                        }
                        errors++;
                      }
                      var _valid0 = _errs21 === errors;
                      valid4 = valid4 || _valid0;
                      if (!valid4) {
                        const err3 = { instancePath: instancePath + "/expiresAt", schemaPath: "#/properties/expiresAt/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                        if (vErrors === null) {
                          vErrors = [err3];
                        } else {
                          vErrors.push(err3);
                        }
                        errors++;
                        validate64.errors = vErrors;
                        return false;
                      } else {
                        errors = _errs17;
                        if (vErrors !== null) {
                          if (_errs17) {
                            vErrors.length = _errs17;
                          } else {
                            vErrors = null;
                          }
                        }
                      }
                      var valid0 = _errs16 === errors;
                    } else {
                      var valid0 = true;
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate64.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate64.errors = vErrors;
  return errors === 0;
}
validate64.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var ApiKeyList = validate65;
var schema110 = { "type": "object", "description": "What ApiKey and NewApiKey share.", "required": ["keyId", "name", "prefix", "scopes", "state", "createdAt", "createdBy", "expiresAt", "rotatedAt", "previousEndsAt", "revokedAt", "lastUsedAt"], "properties": { "keyId": { "$ref": "KeyId" }, "name": { "$ref": "KeyName" }, "prefix": { "type": "string", "description": "How the key begins: enough to know it by, too little to use it." }, "scopes": { "$ref": "Scopes" }, "state": { "type": "string", "x-grows": true, "enum": ["usable", "expired", "revoked"] }, "createdAt": { "$ref": "Timestamp" }, "createdBy": { "type": "string", "description": "The subject that made it." }, "expiresAt": { "anyOf": [{ "$ref": "Timestamp" }, { "type": "null" }] }, "rotatedAt": { "anyOf": [{ "$ref": "Timestamp" }, { "type": "null" }] }, "previousEndsAt": { "anyOf": [{ "$ref": "Timestamp" }, { "type": "null" }], "description": "Until when the secret before the last rotation works; null when it does not." }, "revokedAt": { "anyOf": [{ "$ref": "Timestamp" }, { "type": "null" }] }, "lastUsedAt": { "anyOf": [{ "$ref": "Timestamp" }, { "type": "null" }], "description": "To the minute." } } };
var pattern14 = new RegExp("^[a-z0-9]{12}$", "u");
var pattern15 = new RegExp("^\\P{Cc}*$", "u");
function validate68(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate68.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (Array.isArray(data)) {
      if (data.length > 20) {
        validate68.errors = [{ instancePath, schemaPath: "#/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items" }];
        return false;
      } else {
        if (data.length < 1) {
          validate68.errors = [{ instancePath, schemaPath: "#/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" }];
          return false;
        } else {
          var valid0 = true;
          const len0 = data.length;
          for (let i0 = 0; i0 < len0; i0++) {
            let data0 = data[i0];
            const _errs1 = errors;
            if (typeof data0 !== "string") {
              validate68.errors = [{ instancePath: instancePath + "/" + i0, schemaPath: "#/items/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if (typeof data0 !== "string") {
              validate68.errors = [{ instancePath: instancePath + "/" + i0, schemaPath: "Scope/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if (!(data0 === "tasks:submit" || data0 === "tasks:read" || data0 === "payloads:read" || data0 === "tasks:operate" || data0 === "admin")) {
              validate68.errors = [{ instancePath: instancePath + "/" + i0, schemaPath: "Scope/enum", keyword: "enum", params: { allowedValues: schema106.enum }, message: "must be equal to one of the allowed values" }];
              return false;
            }
            var valid0 = _errs1 === errors;
            if (!valid0) {
              break;
            }
          }
          if (valid0) {
            let i1 = data.length;
            let j0;
            if (i1 > 1) {
              const indices0 = {};
              for (; i1--; ) {
                let item0 = data[i1];
                if (typeof item0 !== "string") {
                  continue;
                }
                if (typeof indices0[item0] == "number") {
                  j0 = indices0[item0];
                  validate68.errors = [{ instancePath, schemaPath: "#/uniqueItems", keyword: "uniqueItems", params: { i: i1, j: j0 }, message: "must NOT have duplicate items (items ## " + j0 + " and " + i1 + " are identical)" }];
                  return false;
                  break;
                }
                indices0[item0] = i1;
              }
            }
          }
        }
      }
    } else {
      validate68.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
      return false;
    }
  }
  validate68.errors = vErrors;
  return errors === 0;
}
validate68.evaluated = { "items": true, "dynamicProps": false, "dynamicItems": false };
function validate67(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate67.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.keyId === void 0 && (missing0 = "keyId") || data.name === void 0 && (missing0 = "name") || data.prefix === void 0 && (missing0 = "prefix") || data.scopes === void 0 && (missing0 = "scopes") || data.state === void 0 && (missing0 = "state") || data.createdAt === void 0 && (missing0 = "createdAt") || data.createdBy === void 0 && (missing0 = "createdBy") || data.expiresAt === void 0 && (missing0 = "expiresAt") || data.rotatedAt === void 0 && (missing0 = "rotatedAt") || data.previousEndsAt === void 0 && (missing0 = "previousEndsAt") || data.revokedAt === void 0 && (missing0 = "revokedAt") || data.lastUsedAt === void 0 && (missing0 = "lastUsedAt")) {
        validate67.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        if (data.keyId !== void 0) {
          let data0 = data.keyId;
          const _errs1 = errors;
          const _errs2 = errors;
          if (errors === _errs2) {
            if (typeof data0 === "string") {
              if (!pattern14.test(data0)) {
                validate67.errors = [{ instancePath: instancePath + "/keyId", schemaPath: "KeyId/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]{12}$" }, message: 'must match pattern "^[a-z0-9]{12}$"' }];
                return false;
              }
            } else {
              validate67.errors = [{ instancePath: instancePath + "/keyId", schemaPath: "KeyId/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.name !== void 0) {
            let data1 = data.name;
            const _errs4 = errors;
            const _errs5 = errors;
            if (errors === _errs5) {
              if (typeof data1 === "string") {
                if (ucs2length(data1) > 80) {
                  validate67.errors = [{ instancePath: instancePath + "/name", schemaPath: "KeyName/maxLength", keyword: "maxLength", params: { limit: 80 }, message: "must NOT have more than 80 characters" }];
                  return false;
                } else {
                  if (ucs2length(data1) < 1) {
                    validate67.errors = [{ instancePath: instancePath + "/name", schemaPath: "KeyName/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" }];
                    return false;
                  } else {
                    if (!pattern15.test(data1)) {
                      validate67.errors = [{ instancePath: instancePath + "/name", schemaPath: "KeyName/pattern", keyword: "pattern", params: { pattern: "^\\P{Cc}*$" }, message: 'must match pattern "^\\P{Cc}*$"' }];
                      return false;
                    }
                  }
                }
              } else {
                validate67.errors = [{ instancePath: instancePath + "/name", schemaPath: "KeyName/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
            }
            var valid0 = _errs4 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.prefix !== void 0) {
              const _errs7 = errors;
              if (typeof data.prefix !== "string") {
                validate67.errors = [{ instancePath: instancePath + "/prefix", schemaPath: "#/properties/prefix/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs7 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.scopes !== void 0) {
                const _errs9 = errors;
                if (!validate68(data.scopes, { instancePath: instancePath + "/scopes", parentData: data, parentDataProperty: "scopes", rootData, dynamicAnchors })) {
                  vErrors = vErrors === null ? validate68.errors : vErrors.concat(validate68.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs9 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.state !== void 0) {
                  let data4 = data.state;
                  const _errs10 = errors;
                  if (typeof data4 !== "string") {
                    validate67.errors = [{ instancePath: instancePath + "/state", schemaPath: "#/properties/state/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  if (!(data4 === "usable" || data4 === "expired" || data4 === "revoked")) {
                    validate67.errors = [{ instancePath: instancePath + "/state", schemaPath: "#/properties/state/enum", keyword: "enum", params: { allowedValues: schema110.properties.state.enum }, message: "must be equal to one of the allowed values" }];
                    return false;
                  }
                  var valid0 = _errs10 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.createdAt !== void 0) {
                    let data5 = data.createdAt;
                    const _errs12 = errors;
                    const _errs13 = errors;
                    if (errors === _errs13) {
                      if (errors === _errs13) {
                        if (typeof data5 === "string") {
                          if (!formats0.test(data5)) {
                            validate67.errors = [{ instancePath: instancePath + "/createdAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                            return false;
                          }
                        } else {
                          validate67.errors = [{ instancePath: instancePath + "/createdAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                          return false;
                        }
                      }
                    }
                    var valid0 = _errs12 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.createdBy !== void 0) {
                      const _errs15 = errors;
                      if (typeof data.createdBy !== "string") {
                        validate67.errors = [{ instancePath: instancePath + "/createdBy", schemaPath: "#/properties/createdBy/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                        return false;
                      }
                      var valid0 = _errs15 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.expiresAt !== void 0) {
                        let data7 = data.expiresAt;
                        const _errs17 = errors;
                        const _errs18 = errors;
                        let valid4 = false;
                        const _errs19 = errors;
                        const _errs20 = errors;
                        if (errors === _errs20) {
                          if (errors === _errs20) {
                            if (typeof data7 === "string") {
                              if (!formats0.test(data7)) {
                                const err0 = { instancePath: instancePath + "/expiresAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' };
                                if (vErrors === null) {
                                  vErrors = [err0];
                                } else {
                                  vErrors.push(err0);
                                }
                                errors++;
                              }
                            } else {
                              const err1 = { instancePath: instancePath + "/expiresAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                              if (vErrors === null) {
                                vErrors = [err1];
                              } else {
                                vErrors.push(err1);
                              }
                              errors++;
                            }
                          }
                        }
                        var _valid0 = _errs19 === errors;
                        valid4 = valid4 || _valid0;
                        const _errs22 = errors;
                        if (data7 !== null) {
                          const err2 = { instancePath: instancePath + "/expiresAt", schemaPath: "#/properties/expiresAt/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                          if (vErrors === null) {
                            vErrors = [err2];
                          } else {
                            vErrors.push(err2);
                          }
                          errors++;
                        }
                        var _valid0 = _errs22 === errors;
                        valid4 = valid4 || _valid0;
                        if (!valid4) {
                          const err3 = { instancePath: instancePath + "/expiresAt", schemaPath: "#/properties/expiresAt/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                          if (vErrors === null) {
                            vErrors = [err3];
                          } else {
                            vErrors.push(err3);
                          }
                          errors++;
                          validate67.errors = vErrors;
                          return false;
                        } else {
                          errors = _errs18;
                          if (vErrors !== null) {
                            if (_errs18) {
                              vErrors.length = _errs18;
                            } else {
                              vErrors = null;
                            }
                          }
                        }
                        var valid0 = _errs17 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.rotatedAt !== void 0) {
                          let data8 = data.rotatedAt;
                          const _errs24 = errors;
                          const _errs25 = errors;
                          let valid6 = false;
                          const _errs26 = errors;
                          const _errs27 = errors;
                          if (errors === _errs27) {
                            if (errors === _errs27) {
                              if (typeof data8 === "string") {
                                if (!formats0.test(data8)) {
                                  const err4 = { instancePath: instancePath + "/rotatedAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' };
                                  if (vErrors === null) {
                                    vErrors = [err4];
                                  } else {
                                    vErrors.push(err4);
                                  }
                                  errors++;
                                }
                              } else {
                                const err5 = { instancePath: instancePath + "/rotatedAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                if (vErrors === null) {
                                  vErrors = [err5];
                                } else {
                                  vErrors.push(err5);
                                }
                                errors++;
                              }
                            }
                          }
                          var _valid1 = _errs26 === errors;
                          valid6 = valid6 || _valid1;
                          const _errs29 = errors;
                          if (data8 !== null) {
                            const err6 = { instancePath: instancePath + "/rotatedAt", schemaPath: "#/properties/rotatedAt/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                            if (vErrors === null) {
                              vErrors = [err6];
                            } else {
                              vErrors.push(err6);
                            }
                            errors++;
                          }
                          var _valid1 = _errs29 === errors;
                          valid6 = valid6 || _valid1;
                          if (!valid6) {
                            const err7 = { instancePath: instancePath + "/rotatedAt", schemaPath: "#/properties/rotatedAt/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                            if (vErrors === null) {
                              vErrors = [err7];
                            } else {
                              vErrors.push(err7);
                            }
                            errors++;
                            validate67.errors = vErrors;
                            return false;
                          } else {
                            errors = _errs25;
                            if (vErrors !== null) {
                              if (_errs25) {
                                vErrors.length = _errs25;
                              } else {
                                vErrors = null;
                              }
                            }
                          }
                          var valid0 = _errs24 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.previousEndsAt !== void 0) {
                            let data9 = data.previousEndsAt;
                            const _errs31 = errors;
                            const _errs32 = errors;
                            let valid8 = false;
                            const _errs33 = errors;
                            const _errs34 = errors;
                            if (errors === _errs34) {
                              if (errors === _errs34) {
                                if (typeof data9 === "string") {
                                  if (!formats0.test(data9)) {
                                    const err8 = { instancePath: instancePath + "/previousEndsAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' };
                                    if (vErrors === null) {
                                      vErrors = [err8];
                                    } else {
                                      vErrors.push(err8);
                                    }
                                    errors++;
                                  }
                                } else {
                                  const err9 = { instancePath: instancePath + "/previousEndsAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                  if (vErrors === null) {
                                    vErrors = [err9];
                                  } else {
                                    vErrors.push(err9);
                                  }
                                  errors++;
                                }
                              }
                            }
                            var _valid2 = _errs33 === errors;
                            valid8 = valid8 || _valid2;
                            const _errs36 = errors;
                            if (data9 !== null) {
                              const err10 = { instancePath: instancePath + "/previousEndsAt", schemaPath: "#/properties/previousEndsAt/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                              if (vErrors === null) {
                                vErrors = [err10];
                              } else {
                                vErrors.push(err10);
                              }
                              errors++;
                            }
                            var _valid2 = _errs36 === errors;
                            valid8 = valid8 || _valid2;
                            if (!valid8) {
                              const err11 = { instancePath: instancePath + "/previousEndsAt", schemaPath: "#/properties/previousEndsAt/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                              if (vErrors === null) {
                                vErrors = [err11];
                              } else {
                                vErrors.push(err11);
                              }
                              errors++;
                              validate67.errors = vErrors;
                              return false;
                            } else {
                              errors = _errs32;
                              if (vErrors !== null) {
                                if (_errs32) {
                                  vErrors.length = _errs32;
                                } else {
                                  vErrors = null;
                                }
                              }
                            }
                            var valid0 = _errs31 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.revokedAt !== void 0) {
                              let data10 = data.revokedAt;
                              const _errs38 = errors;
                              const _errs39 = errors;
                              let valid10 = false;
                              const _errs40 = errors;
                              const _errs41 = errors;
                              if (errors === _errs41) {
                                if (errors === _errs41) {
                                  if (typeof data10 === "string") {
                                    if (!formats0.test(data10)) {
                                      const err12 = { instancePath: instancePath + "/revokedAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' };
                                      if (vErrors === null) {
                                        vErrors = [err12];
                                      } else {
                                        vErrors.push(err12);
                                      }
                                      errors++;
                                    }
                                  } else {
                                    const err13 = { instancePath: instancePath + "/revokedAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                    if (vErrors === null) {
                                      vErrors = [err13];
                                    } else {
                                      vErrors.push(err13);
                                    }
                                    errors++;
                                  }
                                }
                              }
                              var _valid3 = _errs40 === errors;
                              valid10 = valid10 || _valid3;
                              const _errs43 = errors;
                              if (data10 !== null) {
                                const err14 = { instancePath: instancePath + "/revokedAt", schemaPath: "#/properties/revokedAt/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                                if (vErrors === null) {
                                  vErrors = [err14];
                                } else {
                                  vErrors.push(err14);
                                }
                                errors++;
                              }
                              var _valid3 = _errs43 === errors;
                              valid10 = valid10 || _valid3;
                              if (!valid10) {
                                const err15 = { instancePath: instancePath + "/revokedAt", schemaPath: "#/properties/revokedAt/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                                if (vErrors === null) {
                                  vErrors = [err15];
                                } else {
                                  vErrors.push(err15);
                                }
                                errors++;
                                validate67.errors = vErrors;
                                return false;
                              } else {
                                errors = _errs39;
                                if (vErrors !== null) {
                                  if (_errs39) {
                                    vErrors.length = _errs39;
                                  } else {
                                    vErrors = null;
                                  }
                                }
                              }
                              var valid0 = _errs38 === errors;
                            } else {
                              var valid0 = true;
                            }
                            if (valid0) {
                              if (data.lastUsedAt !== void 0) {
                                let data11 = data.lastUsedAt;
                                const _errs45 = errors;
                                const _errs46 = errors;
                                let valid12 = false;
                                const _errs47 = errors;
                                const _errs48 = errors;
                                if (errors === _errs48) {
                                  if (errors === _errs48) {
                                    if (typeof data11 === "string") {
                                      if (!formats0.test(data11)) {
                                        const err16 = { instancePath: instancePath + "/lastUsedAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' };
                                        if (vErrors === null) {
                                          vErrors = [err16];
                                        } else {
                                          vErrors.push(err16);
                                        }
                                        errors++;
                                      }
                                    } else {
                                      const err17 = { instancePath: instancePath + "/lastUsedAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                      if (vErrors === null) {
                                        vErrors = [err17];
                                      } else {
                                        vErrors.push(err17);
                                      }
                                      errors++;
                                    }
                                  }
                                }
                                var _valid4 = _errs47 === errors;
                                valid12 = valid12 || _valid4;
                                const _errs50 = errors;
                                if (data11 !== null) {
                                  const err18 = { instancePath: instancePath + "/lastUsedAt", schemaPath: "#/properties/lastUsedAt/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                                  if (vErrors === null) {
                                    vErrors = [err18];
                                  } else {
                                    vErrors.push(err18);
                                  }
                                  errors++;
                                }
                                var _valid4 = _errs50 === errors;
                                valid12 = valid12 || _valid4;
                                if (!valid12) {
                                  const err19 = { instancePath: instancePath + "/lastUsedAt", schemaPath: "#/properties/lastUsedAt/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                                  if (vErrors === null) {
                                    vErrors = [err19];
                                  } else {
                                    vErrors.push(err19);
                                  }
                                  errors++;
                                  validate67.errors = vErrors;
                                  return false;
                                } else {
                                  errors = _errs46;
                                  if (vErrors !== null) {
                                    if (_errs46) {
                                      vErrors.length = _errs46;
                                    } else {
                                      vErrors = null;
                                    }
                                  }
                                }
                                var valid0 = _errs45 === errors;
                              } else {
                                var valid0 = true;
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate67.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate67.errors = vErrors;
  return errors === 0;
}
validate67.evaluated = { "props": { "keyId": true, "name": true, "prefix": true, "scopes": true, "state": true, "createdAt": true, "createdBy": true, "expiresAt": true, "rotatedAt": true, "previousEndsAt": true, "revokedAt": true, "lastUsedAt": true }, "dynamicProps": false, "dynamicItems": false };
function validate66(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate66.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (!validate67(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
    vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
    errors = vErrors.length;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      for (const key0 in data) {
        if (key0 !== "keyId" && key0 !== "name" && key0 !== "prefix" && key0 !== "scopes" && key0 !== "state" && key0 !== "createdAt" && key0 !== "createdBy" && key0 !== "expiresAt" && key0 !== "rotatedAt" && key0 !== "previousEndsAt" && key0 !== "revokedAt" && key0 !== "lastUsedAt") {
          validate66.errors = [{ instancePath, schemaPath: "#/unevaluatedProperties", keyword: "unevaluatedProperties", params: { unevaluatedProperty: key0 }, message: "must NOT have unevaluated properties" }];
          return false;
          break;
        }
      }
    } else {
      validate66.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate66.errors = vErrors;
  return errors === 0;
}
validate66.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate65(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate65.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.items === void 0 && (missing0 = "items")) {
        validate65.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "items")) {
            validate65.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.items !== void 0) {
            let data0 = data.items;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (Array.isArray(data0)) {
                var valid1 = true;
                const len0 = data0.length;
                for (let i0 = 0; i0 < len0; i0++) {
                  const _errs4 = errors;
                  if (!validate66(data0[i0], { instancePath: instancePath + "/items/" + i0, parentData: data0, parentDataProperty: i0, rootData, dynamicAnchors })) {
                    vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
                    errors = vErrors.length;
                  }
                  var valid1 = _errs4 === errors;
                  if (!valid1) {
                    break;
                  }
                }
              } else {
                validate65.errors = [{ instancePath: instancePath + "/items", schemaPath: "#/properties/items/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                return false;
              }
            }
          }
        }
      }
    } else {
      validate65.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate65.errors = vErrors;
  return errors === 0;
}
validate65.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var NewApiKey = validate72;
var pattern16 = new RegExp("^holdfast_[a-z0-9-]{1,63}_[a-z0-9]{12}_[A-Za-z0-9_-]{40,64}$", "u");
function validate72(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate72.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (!validate67(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
    vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
    errors = vErrors.length;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.key === void 0 && (missing0 = "key")) {
        validate72.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        if (data.key !== void 0) {
          let data0 = data.key;
          const _errs2 = errors;
          if (errors === _errs2) {
            if (typeof data0 === "string") {
              if (!pattern16.test(data0)) {
                validate72.errors = [{ instancePath: instancePath + "/key", schemaPath: "#/properties/key/pattern", keyword: "pattern", params: { pattern: "^holdfast_[a-z0-9-]{1,63}_[a-z0-9]{12}_[A-Za-z0-9_-]{40,64}$" }, message: 'must match pattern "^holdfast_[a-z0-9-]{1,63}_[a-z0-9]{12}_[A-Za-z0-9_-]{40,64}$"' }];
                return false;
              }
            } else {
              validate72.errors = [{ instancePath: instancePath + "/key", schemaPath: "#/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
          }
          var valid1 = _errs2 === errors;
        } else {
          var valid1 = true;
        }
        if (valid1) {
          for (const key0 in data) {
            if (key0 !== "key" && key0 !== "keyId" && key0 !== "name" && key0 !== "prefix" && key0 !== "scopes" && key0 !== "state" && key0 !== "createdAt" && key0 !== "createdBy" && key0 !== "expiresAt" && key0 !== "rotatedAt" && key0 !== "previousEndsAt" && key0 !== "revokedAt" && key0 !== "lastUsedAt") {
              validate72.errors = [{ instancePath, schemaPath: "#/unevaluatedProperties", keyword: "unevaluatedProperties", params: { unevaluatedProperty: key0 }, message: "must NOT have unevaluated properties" }];
              return false;
              break;
            }
          }
        }
      }
    } else {
      validate72.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate72.errors = vErrors;
  return errors === 0;
}
validate72.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var ApiKey = validate66;
var FaultLab = validate74;
var schema124 = { "type": "object", "additionalProperties": false, "required": ["type"], "description": "What befalls attempts of one type. A crash comes before a failure, and a delay before both.", "properties": { "type": { "$ref": "TypeName" }, "failureRate": { "$ref": "FaultRate", "default": 0 }, "failureClass": { "type": "string", "enum": ["VALIDATION", "NETWORK", "RATE_LIMIT", "SYSTEM", "UNKNOWN"], "default": "NETWORK", "description": "How the attempt fails, instead of being run; VALIDATION is permanent." }, "delaySeconds": { "type": "number", "minimum": 0, "maximum": 600, "default": 0, "description": "How much later the handler begins, within the time-out of its attempt." }, "crashRate": { "$ref": "FaultRate", "default": 0 } } };
function validate76(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate76.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.type === void 0 && (missing0 = "type")) {
        validate76.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "type" || key0 === "failureRate" || key0 === "failureClass" || key0 === "delaySeconds" || key0 === "crashRate")) {
            validate76.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.type !== void 0) {
            let data0 = data.type;
            const _errs2 = errors;
            const _errs3 = errors;
            if (errors === _errs3) {
              if (typeof data0 === "string") {
                if (!pattern5.test(data0)) {
                  validate76.errors = [{ instancePath: instancePath + "/type", schemaPath: "TypeName/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9-]{0,63}$" }, message: 'must match pattern "^[a-z][a-z0-9-]{0,63}$"' }];
                  return false;
                }
              } else {
                validate76.errors = [{ instancePath: instancePath + "/type", schemaPath: "TypeName/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.failureRate !== void 0) {
              let data1 = data.failureRate;
              const _errs5 = errors;
              const _errs6 = errors;
              if (errors === _errs6) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 > 1 || isNaN(data1)) {
                    validate76.errors = [{ instancePath: instancePath + "/failureRate", schemaPath: "FaultRate/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1 }, message: "must be <= 1" }];
                    return false;
                  } else {
                    if (data1 < 0 || isNaN(data1)) {
                      validate76.errors = [{ instancePath: instancePath + "/failureRate", schemaPath: "FaultRate/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                      return false;
                    }
                  }
                } else {
                  validate76.errors = [{ instancePath: instancePath + "/failureRate", schemaPath: "FaultRate/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                  return false;
                }
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.failureClass !== void 0) {
                let data2 = data.failureClass;
                const _errs8 = errors;
                if (typeof data2 !== "string") {
                  validate76.errors = [{ instancePath: instancePath + "/failureClass", schemaPath: "#/properties/failureClass/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                if (!(data2 === "VALIDATION" || data2 === "NETWORK" || data2 === "RATE_LIMIT" || data2 === "SYSTEM" || data2 === "UNKNOWN")) {
                  validate76.errors = [{ instancePath: instancePath + "/failureClass", schemaPath: "#/properties/failureClass/enum", keyword: "enum", params: { allowedValues: schema124.properties.failureClass.enum }, message: "must be equal to one of the allowed values" }];
                  return false;
                }
                var valid0 = _errs8 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.delaySeconds !== void 0) {
                  let data3 = data.delaySeconds;
                  const _errs10 = errors;
                  if (errors === _errs10) {
                    if (typeof data3 == "number" && isFinite(data3)) {
                      if (data3 > 600 || isNaN(data3)) {
                        validate76.errors = [{ instancePath: instancePath + "/delaySeconds", schemaPath: "#/properties/delaySeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 600 }, message: "must be <= 600" }];
                        return false;
                      } else {
                        if (data3 < 0 || isNaN(data3)) {
                          validate76.errors = [{ instancePath: instancePath + "/delaySeconds", schemaPath: "#/properties/delaySeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                          return false;
                        }
                      }
                    } else {
                      validate76.errors = [{ instancePath: instancePath + "/delaySeconds", schemaPath: "#/properties/delaySeconds/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                      return false;
                    }
                  }
                  var valid0 = _errs10 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.crashRate !== void 0) {
                    let data4 = data.crashRate;
                    const _errs12 = errors;
                    const _errs13 = errors;
                    if (errors === _errs13) {
                      if (typeof data4 == "number" && isFinite(data4)) {
                        if (data4 > 1 || isNaN(data4)) {
                          validate76.errors = [{ instancePath: instancePath + "/crashRate", schemaPath: "FaultRate/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1 }, message: "must be <= 1" }];
                          return false;
                        } else {
                          if (data4 < 0 || isNaN(data4)) {
                            validate76.errors = [{ instancePath: instancePath + "/crashRate", schemaPath: "FaultRate/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                            return false;
                          }
                        }
                      } else {
                        validate76.errors = [{ instancePath: instancePath + "/crashRate", schemaPath: "FaultRate/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                        return false;
                      }
                    }
                    var valid0 = _errs12 === errors;
                  } else {
                    var valid0 = true;
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate76.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate76.errors = vErrors;
  return errors === 0;
}
validate76.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate78(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate78.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      const _errs1 = errors;
      for (const key0 in data) {
        if (!(key0 === "loseRate" || key0 === "duplicateRate")) {
          validate78.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
          return false;
          break;
        }
      }
      if (_errs1 === errors) {
        if (data.loseRate !== void 0) {
          let data0 = data.loseRate;
          const _errs2 = errors;
          const _errs3 = errors;
          if (errors === _errs3) {
            if (typeof data0 == "number" && isFinite(data0)) {
              if (data0 > 1 || isNaN(data0)) {
                validate78.errors = [{ instancePath: instancePath + "/loseRate", schemaPath: "FaultRate/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1 }, message: "must be <= 1" }];
                return false;
              } else {
                if (data0 < 0 || isNaN(data0)) {
                  validate78.errors = [{ instancePath: instancePath + "/loseRate", schemaPath: "FaultRate/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                  return false;
                }
              }
            } else {
              validate78.errors = [{ instancePath: instancePath + "/loseRate", schemaPath: "FaultRate/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
              return false;
            }
          }
          var valid0 = _errs2 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.duplicateRate !== void 0) {
            let data1 = data.duplicateRate;
            const _errs5 = errors;
            const _errs6 = errors;
            if (errors === _errs6) {
              if (typeof data1 == "number" && isFinite(data1)) {
                if (data1 > 1 || isNaN(data1)) {
                  validate78.errors = [{ instancePath: instancePath + "/duplicateRate", schemaPath: "FaultRate/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1 }, message: "must be <= 1" }];
                  return false;
                } else {
                  if (data1 < 0 || isNaN(data1)) {
                    validate78.errors = [{ instancePath: instancePath + "/duplicateRate", schemaPath: "FaultRate/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                    return false;
                  }
                }
              } else {
                validate78.errors = [{ instancePath: instancePath + "/duplicateRate", schemaPath: "FaultRate/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                return false;
              }
            }
            var valid0 = _errs5 === errors;
          } else {
            var valid0 = true;
          }
        }
      }
    } else {
      validate78.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate78.errors = vErrors;
  return errors === 0;
}
validate78.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate80(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate80.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      const _errs1 = errors;
      for (const key0 in data) {
        if (!(key0 === "refuseRate" || key0 === "loseReplyRate")) {
          validate80.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
          return false;
          break;
        }
      }
      if (_errs1 === errors) {
        if (data.refuseRate !== void 0) {
          let data0 = data.refuseRate;
          const _errs2 = errors;
          const _errs3 = errors;
          if (errors === _errs3) {
            if (typeof data0 == "number" && isFinite(data0)) {
              if (data0 > 1 || isNaN(data0)) {
                validate80.errors = [{ instancePath: instancePath + "/refuseRate", schemaPath: "FaultRate/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1 }, message: "must be <= 1" }];
                return false;
              } else {
                if (data0 < 0 || isNaN(data0)) {
                  validate80.errors = [{ instancePath: instancePath + "/refuseRate", schemaPath: "FaultRate/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                  return false;
                }
              }
            } else {
              validate80.errors = [{ instancePath: instancePath + "/refuseRate", schemaPath: "FaultRate/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
              return false;
            }
          }
          var valid0 = _errs2 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.loseReplyRate !== void 0) {
            let data1 = data.loseReplyRate;
            const _errs5 = errors;
            const _errs6 = errors;
            if (errors === _errs6) {
              if (typeof data1 == "number" && isFinite(data1)) {
                if (data1 > 1 || isNaN(data1)) {
                  validate80.errors = [{ instancePath: instancePath + "/loseReplyRate", schemaPath: "FaultRate/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1 }, message: "must be <= 1" }];
                  return false;
                } else {
                  if (data1 < 0 || isNaN(data1)) {
                    validate80.errors = [{ instancePath: instancePath + "/loseReplyRate", schemaPath: "FaultRate/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                    return false;
                  }
                }
              } else {
                validate80.errors = [{ instancePath: instancePath + "/loseReplyRate", schemaPath: "FaultRate/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                return false;
              }
            }
            var valid0 = _errs5 === errors;
          } else {
            var valid0 = true;
          }
        }
      }
    } else {
      validate80.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate80.errors = vErrors;
  return errors === 0;
}
validate80.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate75(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate75.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      const _errs1 = errors;
      for (const key0 in data) {
        if (!(key0 === "types" || key0 === "doorbell" || key0 === "ledger" || key0 === "endsAfterSeconds")) {
          validate75.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
          return false;
          break;
        }
      }
      if (_errs1 === errors) {
        if (data.types !== void 0) {
          let data0 = data.types;
          const _errs2 = errors;
          if (errors === _errs2) {
            if (Array.isArray(data0)) {
              if (data0.length > 20) {
                validate75.errors = [{ instancePath: instancePath + "/types", schemaPath: "#/properties/types/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items" }];
                return false;
              } else {
                var valid1 = true;
                const len0 = data0.length;
                for (let i0 = 0; i0 < len0; i0++) {
                  const _errs4 = errors;
                  if (!validate76(data0[i0], { instancePath: instancePath + "/types/" + i0, parentData: data0, parentDataProperty: i0, rootData, dynamicAnchors })) {
                    vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
                    errors = vErrors.length;
                  }
                  var valid1 = _errs4 === errors;
                  if (!valid1) {
                    break;
                  }
                }
              }
            } else {
              validate75.errors = [{ instancePath: instancePath + "/types", schemaPath: "#/properties/types/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
              return false;
            }
          }
          var valid0 = _errs2 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.doorbell !== void 0) {
            const _errs5 = errors;
            if (!validate78(data.doorbell, { instancePath: instancePath + "/doorbell", parentData: data, parentDataProperty: "doorbell", rootData, dynamicAnchors })) {
              vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs5 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.ledger !== void 0) {
              const _errs6 = errors;
              if (!validate80(data.ledger, { instancePath: instancePath + "/ledger", parentData: data, parentDataProperty: "ledger", rootData, dynamicAnchors })) {
                vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs6 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.endsAfterSeconds !== void 0) {
                let data4 = data.endsAfterSeconds;
                const _errs7 = errors;
                if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
                  validate75.errors = [{ instancePath: instancePath + "/endsAfterSeconds", schemaPath: "#/properties/endsAfterSeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs7) {
                  if (typeof data4 == "number" && isFinite(data4)) {
                    if (data4 > 86400 || isNaN(data4)) {
                      validate75.errors = [{ instancePath: instancePath + "/endsAfterSeconds", schemaPath: "#/properties/endsAfterSeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 86400 }, message: "must be <= 86400" }];
                      return false;
                    } else {
                      if (data4 < 1 || isNaN(data4)) {
                        validate75.errors = [{ instancePath: instancePath + "/endsAfterSeconds", schemaPath: "#/properties/endsAfterSeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                        return false;
                      }
                    }
                  }
                }
                var valid0 = _errs7 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate75.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate75.errors = vErrors;
  return errors === 0;
}
validate75.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate74(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate74.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.faults === void 0 && (missing0 = "faults") || data.endsAt === void 0 && (missing0 = "endsAt") || data.injected === void 0 && (missing0 = "injected") || data.recovered === void 0 && (missing0 = "recovered")) {
        validate74.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "faults" || key0 === "endsAt" || key0 === "injected" || key0 === "recovered")) {
            validate74.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.faults !== void 0) {
            const _errs2 = errors;
            if (!validate75(data.faults, { instancePath: instancePath + "/faults", parentData: data, parentDataProperty: "faults", rootData, dynamicAnchors })) {
              vErrors = vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.endsAt !== void 0) {
              let data1 = data.endsAt;
              const _errs3 = errors;
              const _errs4 = errors;
              let valid1 = false;
              const _errs5 = errors;
              const _errs6 = errors;
              if (errors === _errs6) {
                if (errors === _errs6) {
                  if (typeof data1 === "string") {
                    if (!formats0.test(data1)) {
                      const err0 = { instancePath: instancePath + "/endsAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' };
                      if (vErrors === null) {
                        vErrors = [err0];
                      } else {
                        vErrors.push(err0);
                      }
                      errors++;
                    }
                  } else {
                    const err1 = { instancePath: instancePath + "/endsAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err1];
                    } else {
                      vErrors.push(err1);
                    }
                    errors++;
                  }
                }
              }
              var _valid0 = _errs5 === errors;
              valid1 = valid1 || _valid0;
              const _errs8 = errors;
              if (data1 !== null) {
                const err2 = { instancePath: instancePath + "/endsAt", schemaPath: "#/properties/endsAt/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                if (vErrors === null) {
                  vErrors = [err2];
                } else {
                  vErrors.push(err2);
                }
                errors++;
              }
              var _valid0 = _errs8 === errors;
              valid1 = valid1 || _valid0;
              if (!valid1) {
                const err3 = { instancePath: instancePath + "/endsAt", schemaPath: "#/properties/endsAt/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                if (vErrors === null) {
                  vErrors = [err3];
                } else {
                  vErrors.push(err3);
                }
                errors++;
                validate74.errors = vErrors;
                return false;
              } else {
                errors = _errs4;
                if (vErrors !== null) {
                  if (_errs4) {
                    vErrors.length = _errs4;
                  } else {
                    vErrors = null;
                  }
                }
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.injected !== void 0) {
                let data2 = data.injected;
                const _errs10 = errors;
                const _errs11 = errors;
                if (errors === _errs11) {
                  if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
                    let missing1;
                    if (data2.failures === void 0 && (missing1 = "failures") || data2.delays === void 0 && (missing1 = "delays") || data2.crashes === void 0 && (missing1 = "crashes") || data2.bellsLost === void 0 && (missing1 = "bellsLost") || data2.bellsDuplicated === void 0 && (missing1 = "bellsDuplicated") || data2.ledgerRefusals === void 0 && (missing1 = "ledgerRefusals") || data2.ledgerRepliesLost === void 0 && (missing1 = "ledgerRepliesLost")) {
                      validate74.errors = [{ instancePath: instancePath + "/injected", schemaPath: "InjectedFaults/required", keyword: "required", params: { missingProperty: missing1 }, message: "must have required property '" + missing1 + "'" }];
                      return false;
                    } else {
                      const _errs13 = errors;
                      for (const key1 in data2) {
                        if (!(key1 === "failures" || key1 === "delays" || key1 === "crashes" || key1 === "bellsLost" || key1 === "bellsDuplicated" || key1 === "ledgerRefusals" || key1 === "ledgerRepliesLost")) {
                          validate74.errors = [{ instancePath: instancePath + "/injected", schemaPath: "InjectedFaults/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" }];
                          return false;
                          break;
                        }
                      }
                      if (_errs13 === errors) {
                        if (data2.failures !== void 0) {
                          let data3 = data2.failures;
                          const _errs14 = errors;
                          if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3))) {
                            validate74.errors = [{ instancePath: instancePath + "/injected/failures", schemaPath: "InjectedFaults/properties/failures/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                            return false;
                          }
                          if (errors === _errs14) {
                            if (typeof data3 == "number" && isFinite(data3)) {
                              if (data3 < 0 || isNaN(data3)) {
                                validate74.errors = [{ instancePath: instancePath + "/injected/failures", schemaPath: "InjectedFaults/properties/failures/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                return false;
                              }
                            }
                          }
                          var valid4 = _errs14 === errors;
                        } else {
                          var valid4 = true;
                        }
                        if (valid4) {
                          if (data2.delays !== void 0) {
                            let data4 = data2.delays;
                            const _errs16 = errors;
                            if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
                              validate74.errors = [{ instancePath: instancePath + "/injected/delays", schemaPath: "InjectedFaults/properties/delays/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                              return false;
                            }
                            if (errors === _errs16) {
                              if (typeof data4 == "number" && isFinite(data4)) {
                                if (data4 < 0 || isNaN(data4)) {
                                  validate74.errors = [{ instancePath: instancePath + "/injected/delays", schemaPath: "InjectedFaults/properties/delays/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                  return false;
                                }
                              }
                            }
                            var valid4 = _errs16 === errors;
                          } else {
                            var valid4 = true;
                          }
                          if (valid4) {
                            if (data2.crashes !== void 0) {
                              let data5 = data2.crashes;
                              const _errs18 = errors;
                              if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
                                validate74.errors = [{ instancePath: instancePath + "/injected/crashes", schemaPath: "InjectedFaults/properties/crashes/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                return false;
                              }
                              if (errors === _errs18) {
                                if (typeof data5 == "number" && isFinite(data5)) {
                                  if (data5 < 0 || isNaN(data5)) {
                                    validate74.errors = [{ instancePath: instancePath + "/injected/crashes", schemaPath: "InjectedFaults/properties/crashes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                    return false;
                                  }
                                }
                              }
                              var valid4 = _errs18 === errors;
                            } else {
                              var valid4 = true;
                            }
                            if (valid4) {
                              if (data2.bellsLost !== void 0) {
                                let data6 = data2.bellsLost;
                                const _errs20 = errors;
                                if (!(typeof data6 == "number" && (!(data6 % 1) && !isNaN(data6)) && isFinite(data6))) {
                                  validate74.errors = [{ instancePath: instancePath + "/injected/bellsLost", schemaPath: "InjectedFaults/properties/bellsLost/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                  return false;
                                }
                                if (errors === _errs20) {
                                  if (typeof data6 == "number" && isFinite(data6)) {
                                    if (data6 < 0 || isNaN(data6)) {
                                      validate74.errors = [{ instancePath: instancePath + "/injected/bellsLost", schemaPath: "InjectedFaults/properties/bellsLost/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                      return false;
                                    }
                                  }
                                }
                                var valid4 = _errs20 === errors;
                              } else {
                                var valid4 = true;
                              }
                              if (valid4) {
                                if (data2.bellsDuplicated !== void 0) {
                                  let data7 = data2.bellsDuplicated;
                                  const _errs22 = errors;
                                  if (!(typeof data7 == "number" && (!(data7 % 1) && !isNaN(data7)) && isFinite(data7))) {
                                    validate74.errors = [{ instancePath: instancePath + "/injected/bellsDuplicated", schemaPath: "InjectedFaults/properties/bellsDuplicated/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                    return false;
                                  }
                                  if (errors === _errs22) {
                                    if (typeof data7 == "number" && isFinite(data7)) {
                                      if (data7 < 0 || isNaN(data7)) {
                                        validate74.errors = [{ instancePath: instancePath + "/injected/bellsDuplicated", schemaPath: "InjectedFaults/properties/bellsDuplicated/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                        return false;
                                      }
                                    }
                                  }
                                  var valid4 = _errs22 === errors;
                                } else {
                                  var valid4 = true;
                                }
                                if (valid4) {
                                  if (data2.ledgerRefusals !== void 0) {
                                    let data8 = data2.ledgerRefusals;
                                    const _errs24 = errors;
                                    if (!(typeof data8 == "number" && (!(data8 % 1) && !isNaN(data8)) && isFinite(data8))) {
                                      validate74.errors = [{ instancePath: instancePath + "/injected/ledgerRefusals", schemaPath: "InjectedFaults/properties/ledgerRefusals/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                      return false;
                                    }
                                    if (errors === _errs24) {
                                      if (typeof data8 == "number" && isFinite(data8)) {
                                        if (data8 < 0 || isNaN(data8)) {
                                          validate74.errors = [{ instancePath: instancePath + "/injected/ledgerRefusals", schemaPath: "InjectedFaults/properties/ledgerRefusals/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                          return false;
                                        }
                                      }
                                    }
                                    var valid4 = _errs24 === errors;
                                  } else {
                                    var valid4 = true;
                                  }
                                  if (valid4) {
                                    if (data2.ledgerRepliesLost !== void 0) {
                                      let data9 = data2.ledgerRepliesLost;
                                      const _errs26 = errors;
                                      if (!(typeof data9 == "number" && (!(data9 % 1) && !isNaN(data9)) && isFinite(data9))) {
                                        validate74.errors = [{ instancePath: instancePath + "/injected/ledgerRepliesLost", schemaPath: "InjectedFaults/properties/ledgerRepliesLost/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                        return false;
                                      }
                                      if (errors === _errs26) {
                                        if (typeof data9 == "number" && isFinite(data9)) {
                                          if (data9 < 0 || isNaN(data9)) {
                                            validate74.errors = [{ instancePath: instancePath + "/injected/ledgerRepliesLost", schemaPath: "InjectedFaults/properties/ledgerRepliesLost/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                            return false;
                                          }
                                        }
                                      }
                                      var valid4 = _errs26 === errors;
                                    } else {
                                      var valid4 = true;
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  } else {
                    validate74.errors = [{ instancePath: instancePath + "/injected", schemaPath: "InjectedFaults/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                    return false;
                  }
                }
                var valid0 = _errs10 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.recovered !== void 0) {
                  let data10 = data.recovered;
                  const _errs28 = errors;
                  const _errs29 = errors;
                  if (errors === _errs29) {
                    if (data10 && typeof data10 == "object" && !Array.isArray(data10)) {
                      let missing2;
                      if (data10.retried === void 0 && (missing2 = "retried") || data10.rungAgain === void 0 && (missing2 = "rungAgain") || data10.reaped === void 0 && (missing2 = "reaped")) {
                        validate74.errors = [{ instancePath: instancePath + "/recovered", schemaPath: "RecoveredFaults/required", keyword: "required", params: { missingProperty: missing2 }, message: "must have required property '" + missing2 + "'" }];
                        return false;
                      } else {
                        const _errs31 = errors;
                        for (const key2 in data10) {
                          if (!(key2 === "retried" || key2 === "rungAgain" || key2 === "reaped")) {
                            validate74.errors = [{ instancePath: instancePath + "/recovered", schemaPath: "RecoveredFaults/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" }];
                            return false;
                            break;
                          }
                        }
                        if (_errs31 === errors) {
                          if (data10.retried !== void 0) {
                            let data11 = data10.retried;
                            const _errs32 = errors;
                            if (!(typeof data11 == "number" && (!(data11 % 1) && !isNaN(data11)) && isFinite(data11))) {
                              validate74.errors = [{ instancePath: instancePath + "/recovered/retried", schemaPath: "RecoveredFaults/properties/retried/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                              return false;
                            }
                            if (errors === _errs32) {
                              if (typeof data11 == "number" && isFinite(data11)) {
                                if (data11 < 0 || isNaN(data11)) {
                                  validate74.errors = [{ instancePath: instancePath + "/recovered/retried", schemaPath: "RecoveredFaults/properties/retried/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                  return false;
                                }
                              }
                            }
                            var valid6 = _errs32 === errors;
                          } else {
                            var valid6 = true;
                          }
                          if (valid6) {
                            if (data10.rungAgain !== void 0) {
                              let data12 = data10.rungAgain;
                              const _errs34 = errors;
                              if (!(typeof data12 == "number" && (!(data12 % 1) && !isNaN(data12)) && isFinite(data12))) {
                                validate74.errors = [{ instancePath: instancePath + "/recovered/rungAgain", schemaPath: "RecoveredFaults/properties/rungAgain/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                return false;
                              }
                              if (errors === _errs34) {
                                if (typeof data12 == "number" && isFinite(data12)) {
                                  if (data12 < 0 || isNaN(data12)) {
                                    validate74.errors = [{ instancePath: instancePath + "/recovered/rungAgain", schemaPath: "RecoveredFaults/properties/rungAgain/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                    return false;
                                  }
                                }
                              }
                              var valid6 = _errs34 === errors;
                            } else {
                              var valid6 = true;
                            }
                            if (valid6) {
                              if (data10.reaped !== void 0) {
                                let data13 = data10.reaped;
                                const _errs36 = errors;
                                if (!(typeof data13 == "number" && (!(data13 % 1) && !isNaN(data13)) && isFinite(data13))) {
                                  validate74.errors = [{ instancePath: instancePath + "/recovered/reaped", schemaPath: "RecoveredFaults/properties/reaped/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                  return false;
                                }
                                if (errors === _errs36) {
                                  if (typeof data13 == "number" && isFinite(data13)) {
                                    if (data13 < 0 || isNaN(data13)) {
                                      validate74.errors = [{ instancePath: instancePath + "/recovered/reaped", schemaPath: "RecoveredFaults/properties/reaped/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                      return false;
                                    }
                                  }
                                }
                                var valid6 = _errs36 === errors;
                              } else {
                                var valid6 = true;
                              }
                            }
                          }
                        }
                      }
                    } else {
                      validate74.errors = [{ instancePath: instancePath + "/recovered", schemaPath: "RecoveredFaults/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                      return false;
                    }
                  }
                  var valid0 = _errs28 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate74.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate74.errors = vErrors;
  return errors === 0;
}
validate74.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var HttpRequestResult = validate83;
function validate83(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate83.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.status === void 0 && (missing0 = "status") || data.headers === void 0 && (missing0 = "headers") || data.body === void 0 && (missing0 = "body") || data.bodyTruncated === void 0 && (missing0 = "bodyTruncated") || data.durationMs === void 0 && (missing0 = "durationMs")) {
        validate83.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "status" || key0 === "headers" || key0 === "body" || key0 === "bodyTruncated" || key0 === "durationMs")) {
            validate83.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.status !== void 0) {
            let data0 = data.status;
            const _errs2 = errors;
            if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
              validate83.errors = [{ instancePath: instancePath + "/status", schemaPath: "#/properties/status/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
              return false;
            }
            if (errors === _errs2) {
              if (typeof data0 == "number" && isFinite(data0)) {
                if (data0 > 299 || isNaN(data0)) {
                  validate83.errors = [{ instancePath: instancePath + "/status", schemaPath: "#/properties/status/maximum", keyword: "maximum", params: { comparison: "<=", limit: 299 }, message: "must be <= 299" }];
                  return false;
                } else {
                  if (data0 < 200 || isNaN(data0)) {
                    validate83.errors = [{ instancePath: instancePath + "/status", schemaPath: "#/properties/status/minimum", keyword: "minimum", params: { comparison: ">=", limit: 200 }, message: "must be >= 200" }];
                    return false;
                  }
                }
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.headers !== void 0) {
              let data1 = data.headers;
              const _errs4 = errors;
              if (errors === _errs4) {
                if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
                  for (const key1 in data1) {
                    const _errs7 = errors;
                    if (typeof data1[key1] !== "string") {
                      validate83.errors = [{ instancePath: instancePath + "/headers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/headers/additionalProperties/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                      return false;
                    }
                    var valid1 = _errs7 === errors;
                    if (!valid1) {
                      break;
                    }
                  }
                } else {
                  validate83.errors = [{ instancePath: instancePath + "/headers", schemaPath: "#/properties/headers/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.bodyTruncated !== void 0) {
                const _errs9 = errors;
                if (typeof data.bodyTruncated !== "boolean") {
                  validate83.errors = [{ instancePath: instancePath + "/bodyTruncated", schemaPath: "#/properties/bodyTruncated/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
                  return false;
                }
                var valid0 = _errs9 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.durationMs !== void 0) {
                  let data4 = data.durationMs;
                  const _errs11 = errors;
                  if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
                    validate83.errors = [{ instancePath: instancePath + "/durationMs", schemaPath: "#/properties/durationMs/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                    return false;
                  }
                  if (errors === _errs11) {
                    if (typeof data4 == "number" && isFinite(data4)) {
                      if (data4 < 0 || isNaN(data4)) {
                        validate83.errors = [{ instancePath: instancePath + "/durationMs", schemaPath: "#/properties/durationMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                        return false;
                      }
                    }
                  }
                  var valid0 = _errs11 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate83.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate83.errors = vErrors;
  return errors === 0;
}
validate83.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var SimulateResult = validate84;
function validate84(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate84.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.ok === void 0 && (missing0 = "ok") || data.attempt === void 0 && (missing0 = "attempt")) {
        validate84.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "ok" || key0 === "attempt" || key0 === "filler")) {
            validate84.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.ok !== void 0) {
            let data0 = data.ok;
            const _errs2 = errors;
            if (typeof data0 !== "boolean") {
              validate84.errors = [{ instancePath: instancePath + "/ok", schemaPath: "#/properties/ok/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
              return false;
            }
            if (true !== data0) {
              validate84.errors = [{ instancePath: instancePath + "/ok", schemaPath: "#/properties/ok/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.attempt !== void 0) {
              let data1 = data.attempt;
              const _errs4 = errors;
              if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
                validate84.errors = [{ instancePath: instancePath + "/attempt", schemaPath: "#/properties/attempt/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                return false;
              }
              if (errors === _errs4) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 < 1 || isNaN(data1)) {
                    validate84.errors = [{ instancePath: instancePath + "/attempt", schemaPath: "#/properties/attempt/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                    return false;
                  }
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.filler !== void 0) {
                const _errs6 = errors;
                if (typeof data.filler !== "string") {
                  validate84.errors = [{ instancePath: instancePath + "/filler", schemaPath: "#/properties/filler/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate84.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate84.errors = vErrors;
  return errors === 0;
}
validate84.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var Welcome = validate85;
function validate85(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate85.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === void 0 && (missing0 = "kind") || data.protocol === void 0 && (missing0 = "protocol") || data.at === void 0 && (missing0 = "at") || data.pingEverySeconds === void 0 && (missing0 = "pingEverySeconds") || data.closesAt === void 0 && (missing0 = "closesAt") || data.limits === void 0 && (missing0 = "limits")) {
        validate85.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "kind" || key0 === "protocol" || key0 === "at" || key0 === "pingEverySeconds" || key0 === "closesAt" || key0 === "limits")) {
            validate85.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.kind !== void 0) {
            let data0 = data.kind;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate85.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if ("welcome" !== data0) {
              validate85.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/const", keyword: "const", params: { allowedValue: "welcome" }, message: "must be equal to constant" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.protocol !== void 0) {
              let data1 = data.protocol;
              const _errs4 = errors;
              if (typeof data1 !== "string") {
                validate85.errors = [{ instancePath: instancePath + "/protocol", schemaPath: "#/properties/protocol/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              if ("holdfast.v1" !== data1) {
                validate85.errors = [{ instancePath: instancePath + "/protocol", schemaPath: "#/properties/protocol/const", keyword: "const", params: { allowedValue: "holdfast.v1" }, message: "must be equal to constant" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.at !== void 0) {
                let data2 = data.at;
                const _errs6 = errors;
                const _errs7 = errors;
                if (errors === _errs7) {
                  if (errors === _errs7) {
                    if (typeof data2 === "string") {
                      if (!formats0.test(data2)) {
                        validate85.errors = [{ instancePath: instancePath + "/at", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                        return false;
                      }
                    } else {
                      validate85.errors = [{ instancePath: instancePath + "/at", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.pingEverySeconds !== void 0) {
                  let data3 = data.pingEverySeconds;
                  const _errs9 = errors;
                  if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3))) {
                    validate85.errors = [{ instancePath: instancePath + "/pingEverySeconds", schemaPath: "#/properties/pingEverySeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                    return false;
                  }
                  if (errors === _errs9) {
                    if (typeof data3 == "number" && isFinite(data3)) {
                      if (data3 < 1 || isNaN(data3)) {
                        validate85.errors = [{ instancePath: instancePath + "/pingEverySeconds", schemaPath: "#/properties/pingEverySeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                        return false;
                      }
                    }
                  }
                  var valid0 = _errs9 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.closesAt !== void 0) {
                    let data4 = data.closesAt;
                    const _errs11 = errors;
                    const _errs12 = errors;
                    let valid2 = false;
                    const _errs13 = errors;
                    const _errs14 = errors;
                    if (errors === _errs14) {
                      if (errors === _errs14) {
                        if (typeof data4 === "string") {
                          if (!formats0.test(data4)) {
                            const err0 = { instancePath: instancePath + "/closesAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' };
                            if (vErrors === null) {
                              vErrors = [err0];
                            } else {
                              vErrors.push(err0);
                            }
                            errors++;
                          }
                        } else {
                          const err1 = { instancePath: instancePath + "/closesAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                          if (vErrors === null) {
                            vErrors = [err1];
                          } else {
                            vErrors.push(err1);
                          }
                          errors++;
                        }
                      }
                    }
                    var _valid0 = _errs13 === errors;
                    valid2 = valid2 || _valid0;
                    const _errs16 = errors;
                    if (data4 !== null) {
                      const err2 = { instancePath: instancePath + "/closesAt", schemaPath: "#/properties/closesAt/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                      if (vErrors === null) {
                        vErrors = [err2];
                      } else {
                        vErrors.push(err2);
                      }
                      errors++;
                    }
                    var _valid0 = _errs16 === errors;
                    valid2 = valid2 || _valid0;
                    if (!valid2) {
                      const err3 = { instancePath: instancePath + "/closesAt", schemaPath: "#/properties/closesAt/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                      if (vErrors === null) {
                        vErrors = [err3];
                      } else {
                        vErrors.push(err3);
                      }
                      errors++;
                      validate85.errors = vErrors;
                      return false;
                    } else {
                      errors = _errs12;
                      if (vErrors !== null) {
                        if (_errs12) {
                          vErrors.length = _errs12;
                        } else {
                          vErrors = null;
                        }
                      }
                    }
                    var valid0 = _errs11 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.limits !== void 0) {
                      let data5 = data.limits;
                      const _errs18 = errors;
                      const _errs19 = errors;
                      if (errors === _errs19) {
                        if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
                          let missing1;
                          if (data5.topics === void 0 && (missing1 = "topics") || data5.frameBytes === void 0 && (missing1 = "frameBytes") || data5.messagesPerSecond === void 0 && (missing1 = "messagesPerSecond")) {
                            validate85.errors = [{ instancePath: instancePath + "/limits", schemaPath: "LiveLimits/required", keyword: "required", params: { missingProperty: missing1 }, message: "must have required property '" + missing1 + "'" }];
                            return false;
                          } else {
                            const _errs21 = errors;
                            for (const key1 in data5) {
                              if (!(key1 === "topics" || key1 === "frameBytes" || key1 === "messagesPerSecond")) {
                                validate85.errors = [{ instancePath: instancePath + "/limits", schemaPath: "LiveLimits/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" }];
                                return false;
                                break;
                              }
                            }
                            if (_errs21 === errors) {
                              if (data5.topics !== void 0) {
                                let data6 = data5.topics;
                                const _errs22 = errors;
                                if (!(typeof data6 == "number" && (!(data6 % 1) && !isNaN(data6)) && isFinite(data6))) {
                                  validate85.errors = [{ instancePath: instancePath + "/limits/topics", schemaPath: "LiveLimits/properties/topics/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                  return false;
                                }
                                if (errors === _errs22) {
                                  if (typeof data6 == "number" && isFinite(data6)) {
                                    if (data6 < 1 || isNaN(data6)) {
                                      validate85.errors = [{ instancePath: instancePath + "/limits/topics", schemaPath: "LiveLimits/properties/topics/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                                      return false;
                                    }
                                  }
                                }
                                var valid5 = _errs22 === errors;
                              } else {
                                var valid5 = true;
                              }
                              if (valid5) {
                                if (data5.frameBytes !== void 0) {
                                  let data7 = data5.frameBytes;
                                  const _errs24 = errors;
                                  if (!(typeof data7 == "number" && (!(data7 % 1) && !isNaN(data7)) && isFinite(data7))) {
                                    validate85.errors = [{ instancePath: instancePath + "/limits/frameBytes", schemaPath: "LiveLimits/properties/frameBytes/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                    return false;
                                  }
                                  if (errors === _errs24) {
                                    if (typeof data7 == "number" && isFinite(data7)) {
                                      if (data7 < 1 || isNaN(data7)) {
                                        validate85.errors = [{ instancePath: instancePath + "/limits/frameBytes", schemaPath: "LiveLimits/properties/frameBytes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                                        return false;
                                      }
                                    }
                                  }
                                  var valid5 = _errs24 === errors;
                                } else {
                                  var valid5 = true;
                                }
                                if (valid5) {
                                  if (data5.messagesPerSecond !== void 0) {
                                    let data8 = data5.messagesPerSecond;
                                    const _errs26 = errors;
                                    if (!(typeof data8 == "number" && (!(data8 % 1) && !isNaN(data8)) && isFinite(data8))) {
                                      validate85.errors = [{ instancePath: instancePath + "/limits/messagesPerSecond", schemaPath: "LiveLimits/properties/messagesPerSecond/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                      return false;
                                    }
                                    if (errors === _errs26) {
                                      if (typeof data8 == "number" && isFinite(data8)) {
                                        if (data8 < 1 || isNaN(data8)) {
                                          validate85.errors = [{ instancePath: instancePath + "/limits/messagesPerSecond", schemaPath: "LiveLimits/properties/messagesPerSecond/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                                          return false;
                                        }
                                      }
                                    }
                                    var valid5 = _errs26 === errors;
                                  } else {
                                    var valid5 = true;
                                  }
                                }
                              }
                            }
                          }
                        } else {
                          validate85.errors = [{ instancePath: instancePath + "/limits", schemaPath: "LiveLimits/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                          return false;
                        }
                      }
                      var valid0 = _errs18 === errors;
                    } else {
                      var valid0 = true;
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate85.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate85.errors = vErrors;
  return errors === 0;
}
validate85.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var Subscriptions = validate86;
var pattern19 = new RegExp("^(tasks|groups|stats|task:[A-Za-z0-9_-]{1,64}|type:[a-z][a-z0-9-]{0,63})$", "u");
function validate86(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate86.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === void 0 && (missing0 = "kind") || data.replyTo === void 0 && (missing0 = "replyTo") || data.topics === void 0 && (missing0 = "topics")) {
        validate86.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "kind" || key0 === "replyTo" || key0 === "topics")) {
            validate86.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.kind !== void 0) {
            let data0 = data.kind;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate86.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if ("subscriptions" !== data0) {
              validate86.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/const", keyword: "const", params: { allowedValue: "subscriptions" }, message: "must be equal to constant" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.replyTo !== void 0) {
              let data1 = data.replyTo;
              const _errs4 = errors;
              const _errs5 = errors;
              if (errors === _errs5) {
                if (typeof data1 === "string") {
                  if (!pattern4.test(data1)) {
                    validate86.errors = [{ instancePath: instancePath + "/replyTo", schemaPath: "MessageId/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_-]{1,64}$" }, message: 'must match pattern "^[A-Za-z0-9_-]{1,64}$"' }];
                    return false;
                  }
                } else {
                  validate86.errors = [{ instancePath: instancePath + "/replyTo", schemaPath: "MessageId/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.topics !== void 0) {
                let data2 = data.topics;
                const _errs7 = errors;
                if (errors === _errs7) {
                  if (Array.isArray(data2)) {
                    if (data2.length > 50) {
                      validate86.errors = [{ instancePath: instancePath + "/topics", schemaPath: "#/properties/topics/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items" }];
                      return false;
                    } else {
                      var valid2 = true;
                      const len0 = data2.length;
                      for (let i0 = 0; i0 < len0; i0++) {
                        let data3 = data2[i0];
                        const _errs9 = errors;
                        const _errs10 = errors;
                        if (errors === _errs10) {
                          if (typeof data3 === "string") {
                            if (!pattern19.test(data3)) {
                              validate86.errors = [{ instancePath: instancePath + "/topics/" + i0, schemaPath: "Topic/pattern", keyword: "pattern", params: { pattern: "^(tasks|groups|stats|task:[A-Za-z0-9_-]{1,64}|type:[a-z][a-z0-9-]{0,63})$" }, message: 'must match pattern "^(tasks|groups|stats|task:[A-Za-z0-9_-]{1,64}|type:[a-z][a-z0-9-]{0,63})$"' }];
                              return false;
                            }
                          } else {
                            validate86.errors = [{ instancePath: instancePath + "/topics/" + i0, schemaPath: "Topic/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                            return false;
                          }
                        }
                        var valid2 = _errs9 === errors;
                        if (!valid2) {
                          break;
                        }
                      }
                    }
                  } else {
                    validate86.errors = [{ instancePath: instancePath + "/topics", schemaPath: "#/properties/topics/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                    return false;
                  }
                }
                var valid0 = _errs7 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate86.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate86.errors = vErrors;
  return errors === 0;
}
validate86.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var Pong = validate87;
function validate87(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate87.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === void 0 && (missing0 = "kind") || data.replyTo === void 0 && (missing0 = "replyTo") || data.at === void 0 && (missing0 = "at")) {
        validate87.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "kind" || key0 === "replyTo" || key0 === "at")) {
            validate87.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.kind !== void 0) {
            let data0 = data.kind;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate87.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if ("pong" !== data0) {
              validate87.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/const", keyword: "const", params: { allowedValue: "pong" }, message: "must be equal to constant" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.replyTo !== void 0) {
              let data1 = data.replyTo;
              const _errs4 = errors;
              const _errs5 = errors;
              if (errors === _errs5) {
                if (typeof data1 === "string") {
                  if (!pattern4.test(data1)) {
                    validate87.errors = [{ instancePath: instancePath + "/replyTo", schemaPath: "MessageId/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_-]{1,64}$" }, message: 'must match pattern "^[A-Za-z0-9_-]{1,64}$"' }];
                    return false;
                  }
                } else {
                  validate87.errors = [{ instancePath: instancePath + "/replyTo", schemaPath: "MessageId/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.at !== void 0) {
                let data2 = data.at;
                const _errs7 = errors;
                const _errs8 = errors;
                if (errors === _errs8) {
                  if (errors === _errs8) {
                    if (typeof data2 === "string") {
                      if (!formats0.test(data2)) {
                        validate87.errors = [{ instancePath: instancePath + "/at", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                        return false;
                      }
                    } else {
                      validate87.errors = [{ instancePath: instancePath + "/at", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs7 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate87.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate87.errors = vErrors;
  return errors === 0;
}
validate87.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var ChangedTasks = validate88;
function validate88(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate88.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === void 0 && (missing0 = "kind") || data.tasks === void 0 && (missing0 = "tasks")) {
        validate88.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "kind" || key0 === "tasks")) {
            validate88.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.kind !== void 0) {
            let data0 = data.kind;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate88.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if ("tasks" !== data0) {
              validate88.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/const", keyword: "const", params: { allowedValue: "tasks" }, message: "must be equal to constant" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.tasks !== void 0) {
              let data1 = data.tasks;
              const _errs4 = errors;
              if (errors === _errs4) {
                if (Array.isArray(data1)) {
                  if (data1.length < 1) {
                    validate88.errors = [{ instancePath: instancePath + "/tasks", schemaPath: "#/properties/tasks/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" }];
                    return false;
                  } else {
                    var valid1 = true;
                    const len0 = data1.length;
                    for (let i0 = 0; i0 < len0; i0++) {
                      const _errs6 = errors;
                      if (!validate21(data1[i0], { instancePath: instancePath + "/tasks/" + i0, parentData: data1, parentDataProperty: i0, rootData, dynamicAnchors })) {
                        vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
                        errors = vErrors.length;
                      }
                      var valid1 = _errs6 === errors;
                      if (!valid1) {
                        break;
                      }
                    }
                  }
                } else {
                  validate88.errors = [{ instancePath: instancePath + "/tasks", schemaPath: "#/properties/tasks/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate88.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate88.errors = vErrors;
  return errors === 0;
}
validate88.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var Resync = validate90;
var schema150 = { "type": "object", "additionalProperties": false, "required": ["kind", "reason", "topics"], "properties": { "kind": { "type": "string", "const": "resync" }, "reason": { "type": "string", "x-grows": true, "enum": ["changed", "slow-reader", "overload", "gap"], "description": "`changed`: the topic has no frames of its own and is different now. `slow-reader`: this client does not read fast enough, and its frames were dropped. `overload`: more has changed than frames may carry. `gap`: the server cannot say what was missed." }, "topics": { "$ref": "Topics" } } };
function validate91(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate91.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (Array.isArray(data)) {
      if (data.length > 50) {
        validate91.errors = [{ instancePath, schemaPath: "#/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items" }];
        return false;
      } else {
        if (data.length < 1) {
          validate91.errors = [{ instancePath, schemaPath: "#/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" }];
          return false;
        } else {
          var valid0 = true;
          const len0 = data.length;
          for (let i0 = 0; i0 < len0; i0++) {
            let data0 = data[i0];
            const _errs1 = errors;
            if (typeof data0 !== "string") {
              validate91.errors = [{ instancePath: instancePath + "/" + i0, schemaPath: "#/items/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            const _errs4 = errors;
            if (errors === _errs4) {
              if (typeof data0 === "string") {
                if (!pattern19.test(data0)) {
                  validate91.errors = [{ instancePath: instancePath + "/" + i0, schemaPath: "Topic/pattern", keyword: "pattern", params: { pattern: "^(tasks|groups|stats|task:[A-Za-z0-9_-]{1,64}|type:[a-z][a-z0-9-]{0,63})$" }, message: 'must match pattern "^(tasks|groups|stats|task:[A-Za-z0-9_-]{1,64}|type:[a-z][a-z0-9-]{0,63})$"' }];
                  return false;
                }
              } else {
                validate91.errors = [{ instancePath: instancePath + "/" + i0, schemaPath: "Topic/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
            }
            var valid0 = _errs1 === errors;
            if (!valid0) {
              break;
            }
          }
          if (valid0) {
            let i1 = data.length;
            let j0;
            if (i1 > 1) {
              const indices0 = {};
              for (; i1--; ) {
                let item0 = data[i1];
                if (typeof item0 !== "string") {
                  continue;
                }
                if (typeof indices0[item0] == "number") {
                  j0 = indices0[item0];
                  validate91.errors = [{ instancePath, schemaPath: "#/uniqueItems", keyword: "uniqueItems", params: { i: i1, j: j0 }, message: "must NOT have duplicate items (items ## " + j0 + " and " + i1 + " are identical)" }];
                  return false;
                  break;
                }
                indices0[item0] = i1;
              }
            }
          }
        }
      }
    } else {
      validate91.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
      return false;
    }
  }
  validate91.errors = vErrors;
  return errors === 0;
}
validate91.evaluated = { "items": true, "dynamicProps": false, "dynamicItems": false };
function validate90(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate90.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === void 0 && (missing0 = "kind") || data.reason === void 0 && (missing0 = "reason") || data.topics === void 0 && (missing0 = "topics")) {
        validate90.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "kind" || key0 === "reason" || key0 === "topics")) {
            validate90.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.kind !== void 0) {
            let data0 = data.kind;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate90.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if ("resync" !== data0) {
              validate90.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/const", keyword: "const", params: { allowedValue: "resync" }, message: "must be equal to constant" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.reason !== void 0) {
              let data1 = data.reason;
              const _errs4 = errors;
              if (typeof data1 !== "string") {
                validate90.errors = [{ instancePath: instancePath + "/reason", schemaPath: "#/properties/reason/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              if (!(data1 === "changed" || data1 === "slow-reader" || data1 === "overload" || data1 === "gap")) {
                validate90.errors = [{ instancePath: instancePath + "/reason", schemaPath: "#/properties/reason/enum", keyword: "enum", params: { allowedValues: schema150.properties.reason.enum }, message: "must be equal to one of the allowed values" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.topics !== void 0) {
                const _errs6 = errors;
                if (!validate91(data.topics, { instancePath: instancePath + "/topics", parentData: data, parentDataProperty: "topics", rootData, dynamicAnchors })) {
                  vErrors = vErrors === null ? validate91.errors : vErrors.concat(validate91.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate90.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate90.errors = vErrors;
  return errors === 0;
}
validate90.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var LiveError = validate93;
var schema155 = { "type": "string", "x-grows": true, "enum": ["invalid-json", "unknown-action", "validation", "not-found", "insufficient-scope", "too-many-topics", "rate-limited", "internal"], "description": "`unknown-action`: the message asks for something else than the actions of this contract. `not-found`: no such type, or no task of yours with this id. `too-many-topics`: more than a connection, or all of an identity, may follow. `rate-limited` is followed by close code 1008. The others mean what the problems of the same name mean over HTTP." };
function validate93(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate93.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === void 0 && (missing0 = "kind") || data.replyTo === void 0 && (missing0 = "replyTo") || data.code === void 0 && (missing0 = "code") || data.message === void 0 && (missing0 = "message") || data.retryable === void 0 && (missing0 = "retryable")) {
        validate93.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "kind" || key0 === "replyTo" || key0 === "code" || key0 === "message" || key0 === "retryable")) {
            validate93.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.kind !== void 0) {
            let data0 = data.kind;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate93.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if ("error" !== data0) {
              validate93.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/const", keyword: "const", params: { allowedValue: "error" }, message: "must be equal to constant" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.replyTo !== void 0) {
              let data1 = data.replyTo;
              const _errs4 = errors;
              const _errs5 = errors;
              let valid1 = false;
              const _errs6 = errors;
              const _errs7 = errors;
              if (errors === _errs7) {
                if (typeof data1 === "string") {
                  if (!pattern4.test(data1)) {
                    const err0 = { instancePath: instancePath + "/replyTo", schemaPath: "MessageId/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_-]{1,64}$" }, message: 'must match pattern "^[A-Za-z0-9_-]{1,64}$"' };
                    if (vErrors === null) {
                      vErrors = [err0];
                    } else {
                      vErrors.push(err0);
                    }
                    errors++;
                  }
                } else {
                  const err1 = { instancePath: instancePath + "/replyTo", schemaPath: "MessageId/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                  if (vErrors === null) {
                    vErrors = [err1];
                  } else {
                    vErrors.push(err1);
                  }
                  errors++;
                }
              }
              var _valid0 = _errs6 === errors;
              valid1 = valid1 || _valid0;
              const _errs9 = errors;
              if (data1 !== null) {
                const err2 = { instancePath: instancePath + "/replyTo", schemaPath: "#/properties/replyTo/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                if (vErrors === null) {
                  vErrors = [err2];
                } else {
                  vErrors.push(err2);
                }
                errors++;
              }
              var _valid0 = _errs9 === errors;
              valid1 = valid1 || _valid0;
              if (!valid1) {
                const err3 = { instancePath: instancePath + "/replyTo", schemaPath: "#/properties/replyTo/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                if (vErrors === null) {
                  vErrors = [err3];
                } else {
                  vErrors.push(err3);
                }
                errors++;
                validate93.errors = vErrors;
                return false;
              } else {
                errors = _errs5;
                if (vErrors !== null) {
                  if (_errs5) {
                    vErrors.length = _errs5;
                  } else {
                    vErrors = null;
                  }
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.code !== void 0) {
                let data2 = data.code;
                const _errs11 = errors;
                if (typeof data2 !== "string") {
                  validate93.errors = [{ instancePath: instancePath + "/code", schemaPath: "LiveErrorCode/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                if (!(data2 === "invalid-json" || data2 === "unknown-action" || data2 === "validation" || data2 === "not-found" || data2 === "insufficient-scope" || data2 === "too-many-topics" || data2 === "rate-limited" || data2 === "internal")) {
                  validate93.errors = [{ instancePath: instancePath + "/code", schemaPath: "LiveErrorCode/enum", keyword: "enum", params: { allowedValues: schema155.enum }, message: "must be equal to one of the allowed values" }];
                  return false;
                }
                var valid0 = _errs11 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.message !== void 0) {
                  const _errs14 = errors;
                  if (typeof data.message !== "string") {
                    validate93.errors = [{ instancePath: instancePath + "/message", schemaPath: "#/properties/message/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  var valid0 = _errs14 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.retryable !== void 0) {
                    const _errs16 = errors;
                    if (typeof data.retryable !== "boolean") {
                      validate93.errors = [{ instancePath: instancePath + "/retryable", schemaPath: "#/properties/retryable/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
                      return false;
                    }
                    var valid0 = _errs16 === errors;
                  } else {
                    var valid0 = true;
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate93.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate93.errors = vErrors;
  return errors === 0;
}
validate93.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var Goodbye = validate94;
var schema156 = { "type": "object", "additionalProperties": false, "required": ["kind", "reason", "closesAt"], "properties": { "kind": { "type": "string", "const": "goodbye" }, "reason": { "type": "string", "x-grows": true, "enum": ["lifetime", "stopping"], "description": "`lifetime`: open a new connection at a random moment before `closesAt`, then close this one. `stopping`: connect again after a random delay." }, "closesAt": { "$ref": "Timestamp" } } };
function validate94(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate94.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === void 0 && (missing0 = "kind") || data.reason === void 0 && (missing0 = "reason") || data.closesAt === void 0 && (missing0 = "closesAt")) {
        validate94.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "kind" || key0 === "reason" || key0 === "closesAt")) {
            validate94.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.kind !== void 0) {
            let data0 = data.kind;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate94.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if ("goodbye" !== data0) {
              validate94.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/const", keyword: "const", params: { allowedValue: "goodbye" }, message: "must be equal to constant" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.reason !== void 0) {
              let data1 = data.reason;
              const _errs4 = errors;
              if (typeof data1 !== "string") {
                validate94.errors = [{ instancePath: instancePath + "/reason", schemaPath: "#/properties/reason/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              if (!(data1 === "lifetime" || data1 === "stopping")) {
                validate94.errors = [{ instancePath: instancePath + "/reason", schemaPath: "#/properties/reason/enum", keyword: "enum", params: { allowedValues: schema156.properties.reason.enum }, message: "must be equal to one of the allowed values" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.closesAt !== void 0) {
                let data2 = data.closesAt;
                const _errs6 = errors;
                const _errs7 = errors;
                if (errors === _errs7) {
                  if (errors === _errs7) {
                    if (typeof data2 === "string") {
                      if (!formats0.test(data2)) {
                        validate94.errors = [{ instancePath: instancePath + "/closesAt", schemaPath: "Timestamp/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
                        return false;
                      }
                    } else {
                      validate94.errors = [{ instancePath: instancePath + "/closesAt", schemaPath: "Timestamp/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate94.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate94.errors = vErrors;
  return errors === 0;
}
validate94.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };

// <stdin>
var responses = { "listTasks": { "200": TaskPage, "400": Problem, "401": Problem, "403": Problem, "421": Problem, "429": Problem, "500": Problem, "503": Problem }, "submitTask": { "200": Task, "202": Task, "400": Problem, "401": Problem, "403": Problem, "409": Problem, "413": Problem, "415": Problem, "421": Problem, "422": Problem, "429": Problem, "500": Problem, "503": Problem }, "submitTasks": { "200": BatchResult, "400": Problem, "401": Problem, "403": Problem, "413": Problem, "415": Problem, "421": Problem, "422": Problem, "429": Problem, "500": Problem, "503": Problem }, "getTask": { "200": TaskDetail, "400": Problem, "401": Problem, "403": Problem, "404": Problem, "421": Problem, "429": Problem, "500": Problem, "503": Problem }, "getAttempt": { "200": AttemptDetail, "400": Problem, "401": Problem, "403": Problem, "404": Problem, "421": Problem, "429": Problem, "500": Problem, "503": Problem }, "cancelTask": { "200": TaskDetail, "202": TaskDetail, "400": Problem, "401": Problem, "403": Problem, "404": Problem, "409": Problem, "412": Problem, "413": Problem, "415": Problem, "421": Problem, "422": Problem, "429": Problem, "500": Problem, "503": Problem }, "redriveTask": { "202": TaskDetail, "400": Problem, "401": Problem, "403": Problem, "404": Problem, "409": Problem, "412": Problem, "413": Problem, "415": Problem, "421": Problem, "422": Problem, "429": Problem, "500": Problem, "503": Problem }, "discardTask": { "200": TaskDetail, "400": Problem, "401": Problem, "403": Problem, "404": Problem, "409": Problem, "412": Problem, "413": Problem, "415": Problem, "421": Problem, "422": Problem, "429": Problem, "500": Problem, "503": Problem }, "getHealth": { "200": Health, "400": Problem, "403": Problem, "421": Problem, "500": Problem }, "getReadiness": { "200": Readiness, "400": Problem, "403": Problem, "421": Problem, "500": Problem, "503": Readiness }, "listTypes": { "200": TypeList, "400": Problem, "401": Problem, "403": Problem, "421": Problem, "429": Problem, "500": Problem, "503": Problem }, "getStats": { "200": Stats, "400": Problem, "401": Problem, "403": Problem, "421": Problem, "429": Problem, "500": Problem, "503": Problem }, "createTicket": { "201": LiveTicket, "400": Problem, "401": Problem, "403": Problem, "421": Problem, "429": Problem, "500": Problem, "503": Problem }, "getIdentity": { "200": Identity, "400": Problem, "401": Problem, "403": Problem, "421": Problem, "429": Problem, "500": Problem, "503": Problem }, "listKeys": { "200": ApiKeyList, "400": Problem, "401": Problem, "403": Problem, "421": Problem, "429": Problem, "500": Problem, "503": Problem }, "createKey": { "201": NewApiKey, "400": Problem, "401": Problem, "403": Problem, "409": Problem, "413": Problem, "415": Problem, "421": Problem, "422": Problem, "429": Problem, "500": Problem, "503": Problem }, "rotateKey": { "200": NewApiKey, "400": Problem, "401": Problem, "403": Problem, "404": Problem, "409": Problem, "413": Problem, "415": Problem, "421": Problem, "422": Problem, "429": Problem, "500": Problem, "503": Problem }, "revokeKey": { "200": ApiKey, "400": Problem, "401": Problem, "403": Problem, "404": Problem, "421": Problem, "429": Problem, "500": Problem, "503": Problem }, "getFaults": { "200": FaultLab, "400": Problem, "401": Problem, "403": Problem, "421": Problem, "429": Problem, "500": Problem, "503": Problem }, "putFaults": { "200": FaultLab, "400": Problem, "401": Problem, "403": Problem, "413": Problem, "415": Problem, "421": Problem, "422": Problem, "429": Problem, "500": Problem, "503": Problem } };
var results = { "http-request": HttpRequestResult, "simulate": SimulateResult };
var serverMessages = { "welcome": Welcome, "subscriptions": Subscriptions, "pong": Pong, "tasks": ChangedTasks, "resync": Resync, "error": LiveError, "goodbye": Goodbye };
export {
  responses,
  results,
  serverMessages
};
