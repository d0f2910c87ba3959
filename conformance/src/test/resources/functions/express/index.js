// An Express application as people have them, unchanged but for the last line.
const express = require('express');
const serverless = require('serverless-http');

const app = express();
app.use(express.json());
app.get('/pets/:id', (request, response) => {
  response.set('X-Pet', request.params.id).cookie('seen', 'yes').json({ id: request.params.id, query: request.query });
});
app.post('/pets', (request, response) => response.status(201).json({ made: request.body }));
app.get('/bytes', (request, response) => response.type('application/octet-stream').send(Buffer.from([0, 255, 1])));
app.use((request, response) => response.status(404).send('no such pet'));

module.exports.handler = serverless(app, { binary: ['application/octet-stream'] });
