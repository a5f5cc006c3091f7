import{a}from"./chunk-YD4VJJOZ.js";import"./chunk-CZ5VQR6A.js";import"./chunk-LGJIK7NY.js";export{a as Relations};
